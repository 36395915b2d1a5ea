using System.Linq.Expressions;
using System.Text;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>A task: what it does, how far it got, what came of it.</summary>
internal sealed record BackgroundTaskOut
{
    /// <summary>Its id.</summary>
    public required BackgroundTaskId Id { get; init; }

    /// <summary>running, finished or failed; a canceled one is failed.</summary>
    /// <example>finished</example>
    public required BackgroundTaskStatus Status { get; init; }

    /// <summary>What kind of task it is.</summary>
    /// <example>endpoint.recover</example>
    public required string Task { get; init; }

    /// <summary>
    /// What it did until now. Of recover and replays: <c>dryRun</c>, <c>matched</c>, <c>toSend</c>, <c>sent</c> (0 in a dry run),
    /// <c>mayBeDuplicates</c> (of those to send, how many the endpoint may have got before) and <c>skipped</c> with its reasons. Of
    /// application.stats: <c>appStats</c>, an entry for each application. Of dead-letter.discard: <c>matched</c> and <c>discarded</c>.
    /// </summary>
    /// <example>{"dryRun": false, "matched": 3, "toSend": 2, "sent": 2, "mayBeDuplicates": 1, "skipped": {"payloadGone": 1}}</example>
    public required RawJson Data { get; init; }

    /// <summary>When it last moved on.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>running, finished, failed or canceled.</summary>
    /// <example>finished</example>
    public required BackgroundTaskState State { get; init; }

    /// <summary>When it was asked for.</summary>
    /// <example>2026-01-31T11:59:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed; null unless it failed or was canceled.</summary>
    /// <example>null</example>
    public required string? Error { get; init; }

    /// <summary>The application that it is about; null for all.</summary>
    public required ApplicationId? ApplicationId { get; init; }

    /// <summary>The endpoint that it is about; null for none.</summary>
    public required EndpointId? EndpointId { get; init; }

    public static readonly Expression<Func<BackgroundTask, BackgroundTaskOut>> Projection = t => new BackgroundTaskOut
    {
        Id = t.Id,
        Status = BackgroundTaskWords.StatusOf(t.State),
        Task = BackgroundTaskWords.Of(t.Kind),
        Data = Json(t.Progress),
        UpdatedAt = t.UpdatedAt,
        State = t.State,
        CreatedAt = t.CreatedAt,
        FinishedAt = t.FinishedAt,
        Error = t.Error,
        ApplicationId = t.ApplicationId,
        EndpointId = t.EndpointId,
    };

    private static RawJson Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
