namespace Webhooks.Core.BackgroundTasks;

/// <summary>What a task does.</summary>
internal enum BackgroundTaskKind
{
    /// <summary>Sends again what failed at an endpoint.</summary>
    Recover = 1,

    /// <summary>Sends to an endpoint what it never got.</summary>
    ReplayMissing = 2,

    /// <summary>Sends again all messages that a filter names.</summary>
    BulkReplay = 3,

    /// <summary>Counts what applications used.</summary>
    ApplicationUsage = 4,

    /// <summary>Sends the messages of dead letters again.</summary>
    DeadLetterReplay = 5,

    /// <summary>Discards dead letters.</summary>
    DeadLetterDiscard = 6,
}
