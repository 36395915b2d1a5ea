namespace Webhooks.Core.BackgroundTasks;

/// <summary>A task that was accepted: it is durable and runs by itself. Get it to see how far it is.</summary>
internal record TaskStartedOut
{
    /// <summary>Its id.</summary>
    public required BackgroundTaskId Id { get; init; }

    /// <summary>Running.</summary>
    /// <example>running</example>
    public required BackgroundTaskStatus Status { get; init; }

    /// <summary>What kind of task it is.</summary>
    /// <example>endpoint.recover</example>
    public required string Task { get; init; }

    /// <summary>When it was accepted.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static TaskStartedOut Of(BackgroundTask task) => new()
    {
        Id = task.Id,
        Status = BackgroundTaskWords.StatusOf(task.State),
        Task = BackgroundTaskWords.Of(task.Kind),
        UpdatedAt = task.UpdatedAt,
    };
}
