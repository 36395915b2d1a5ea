using System.Diagnostics;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>The wire's words for tasks.</summary>
internal static class BackgroundTaskWords
{
    public static readonly (string Word, BackgroundTaskKind Kind)[] Kinds =
    [
        ("endpoint.recover", BackgroundTaskKind.Recover),
        ("endpoint.replay", BackgroundTaskKind.ReplayMissing),
        ("endpoint.bulk-replay", BackgroundTaskKind.BulkReplay),
        ("application.stats", BackgroundTaskKind.ApplicationUsage),
        ("dead-letter.replay", BackgroundTaskKind.DeadLetterReplay),
        ("dead-letter.discard", BackgroundTaskKind.DeadLetterDiscard),
    ];

    public static string Of(BackgroundTaskKind kind) => Kinds.First(pair => pair.Kind == kind).Word;

    public static BackgroundTaskStatus StatusOf(BackgroundTaskState state) => state switch
    {
        BackgroundTaskState.Running => BackgroundTaskStatus.Running,
        BackgroundTaskState.Finished => BackgroundTaskStatus.Finished,
        BackgroundTaskState.Failed or BackgroundTaskState.Canceled => BackgroundTaskStatus.Failed,
        _ => throw new UnreachableException(),
    };
}
