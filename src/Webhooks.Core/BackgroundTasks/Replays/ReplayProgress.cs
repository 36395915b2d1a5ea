namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>What a replay did until now, in messages, as its task shows it: enough to decide about a real run after a dry one.</summary>
internal sealed record ReplayProgress
{
    public required bool DryRun { get; init; }

    /// <summary>That fit what was asked for.</summary>
    public int Matched { get; init; }

    /// <summary>Those of them that can be sent; the rest is skipped.</summary>
    public int ToSend { get; init; }

    /// <summary>That have a new delivery; none in a dry run.</summary>
    public int Sent { get; init; }

    /// <summary>The contract's name of it.</summary>
    public int MessagesSent => Sent;

    /// <summary>
    /// Those to send that the endpoint may have: an attempt there was answered 2xx or ended as unknown, or a delivery is on its way there.
    /// </summary>
    public int MayBeDuplicates { get; init; }

    public ReplaySkipped Skipped { get; init; } = new();

    public ReplayProgress After(int matched, int toSend, int mayBeDuplicates) => this with
    {
        Matched = Matched + matched,
        ToSend = ToSend + toSend,
        Sent = DryRun ? 0 : Sent + toSend,
        MayBeDuplicates = MayBeDuplicates + mayBeDuplicates,
        Skipped = Skipped with { PayloadGone = Skipped.PayloadGone + matched - toSend },
    };
}

/// <summary>Why messages are not sent.</summary>
internal sealed record ReplaySkipped
{
    /// <summary>Their payloads have expired or were expunged.</summary>
    public int PayloadGone { get; init; }
}
