namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>What a replay of dead letters did until now, as its task shows it: enough to decide about a real run after a dry one.</summary>
internal sealed record DeadLetterReplayProgress
{
    public required bool DryRun { get; init; }

    /// <summary>Dead letters that fit what was asked for.</summary>
    public int Matched { get; init; }

    /// <summary>Messages of these that can be sent; one goes to an endpoint once, however many dead letters it has there.</summary>
    public int ToSend { get; init; }

    /// <summary>That have a new delivery; none in a dry run.</summary>
    public int Sent { get; init; }

    /// <summary>Those to send that the endpoint may have, or may be getting just now.</summary>
    public int MayBeDuplicates { get; init; }

    public DeadLettersSkipped Skipped { get; init; } = new();

    /// <summary>When the next ones are sent, where there is a pace; null for at once.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>Why dead letters are left as they are.</summary>
internal sealed record DeadLettersSkipped
{
    /// <summary>Their payloads have expired or were expunged.</summary>
    public int PayloadGone { get; init; }

    /// <summary>Their endpoints are disabled.</summary>
    public int EndpointDisabled { get; init; }

    /// <summary>Their endpoints are paused by a person.</summary>
    public int EndpointPaused { get; init; }

    /// <summary>Their endpoints were deleted; they are discarded before long.</summary>
    public int EndpointDeleted { get; init; }
}

/// <summary>What a discard of dead letters did until now.</summary>
internal sealed record DeadLetterDiscardProgress
{
    public required bool DryRun { get; init; }

    /// <summary>Dead letters that fit what was asked for.</summary>
    public int Matched { get; init; }

    /// <summary>That are discarded now; none in a dry run.</summary>
    public int Discarded { get; init; }
}
