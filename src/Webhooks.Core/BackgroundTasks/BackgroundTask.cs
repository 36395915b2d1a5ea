namespace Webhooks.Core.BackgroundTasks;

/// <summary>
/// Work too long for one request, as a durable row: what is to be done, how far it got, what came of it. Each step of the work is one
/// transaction that also moves <see cref="Cursor"/>, so a restart goes on where the last commit ended and does nothing twice.
/// </summary>
internal sealed class BackgroundTask
{
    public required BackgroundTaskId Id { get; init; }
    public required BackgroundTaskKind Kind { get; init; }
    public required BackgroundTaskState State { get; set; }

    /// <summary>The application it is about; null for all.</summary>
    public ApplicationId? ApplicationId { get; init; }

    /// <summary>The endpoint it is about; null for none.</summary>
    public Endpoints.EndpointId? EndpointId { get; init; }

    /// <summary>What was asked for, as JSON.</summary>
    public required string Parameters { get; init; }

    /// <summary>Where the next step begins; null before the first. Every step names the one that it began at, so that two runners can't both take it.</summary>
    public string? Cursor { get; set; }

    /// <summary>What was done until now, as JSON.</summary>
    public required string Progress { get; set; }

    /// <summary>Why it failed, for people; null unless failed.</summary>
    public string? Error { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
