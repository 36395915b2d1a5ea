namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>What a task was asked to do with many dead letters.</summary>
internal sealed record DeadLetterTaskParameters
{
    public required DeadLetterFilter Filter { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>Who asked for it, and so decides.</summary>
    public required string By { get; init; }

    /// <summary>Messages sent per second; null for no pace.</summary>
    public int? RatePerSecond { get; init; }

    /// <summary>Why they are discarded; null where they are replayed.</summary>
    public string? Note { get; init; }
}
