using System.Text.Json.Serialization;

namespace Webhooks.Core.Ledger;

/// <summary>Deliveries by what became of them. Each is in exactly one of these.</summary>
internal sealed record LedgerCounts
{
    /// <summary>
    /// The endpoint answered 2xx; or, after an unknown outcome, a person or the subscriber's receipt said that it has it.
    /// </summary>
    /// <example>96</example>
    public long Delivered { get; init; }

    /// <summary>On their way: due, or with a due time to come, or behind another of their ordering key.</summary>
    /// <example>2</example>
    public long Waiting { get; init; }

    /// <summary>On their way: leased by a worker.</summary>
    /// <example>1</example>
    public long Sending { get; init; }

    /// <summary>
    /// Held until a person decides: about each of them, or to enable or resume their endpoint, which is disabled or paused.
    /// </summary>
    /// <example>0</example>
    public long Held { get; init; }

    /// <summary>Dead, and nobody has seen them yet.</summary>
    /// <example>1</example>
    public long DeadUnacknowledged { get; init; }

    /// <summary>Dead, and somebody sees to them.</summary>
    /// <example>0</example>
    public long DeadAcknowledged { get; init; }

    /// <summary>Dead or held, and sent again by a new delivery, which is in the books itself.</summary>
    /// <example>0</example>
    public long Replayed { get; init; }

    /// <summary>Discarded by a person, with a reason.</summary>
    /// <example>0</example>
    public long Discarded { get; init; }

    /// <summary>Ended because their endpoint or application was deleted by its owner.</summary>
    /// <example>0</example>
    public long Canceled { get; init; }

    /// <summary>Ended after their rows could have been removed by retention, so that nobody counted how.</summary>
    /// <example>0</example>
    public long EndedLater { get; init; }

    /// <summary>Of all these: resends and replays, which people asked for beside what the messages made.</summary>
    /// <example>3</example>
    public long Replays { get; init; }

    /// <summary>Of all these: that the subscriber may have got more than once.</summary>
    /// <example>1</example>
    public long DuplicatesPossible { get; init; }

    [JsonIgnore]
    public long Total =>
        Delivered + Waiting + Sending + Held + DeadUnacknowledged + DeadAcknowledged + Replayed + Discarded + Canceled + EndedLater;

    /// <summary>Those that are on their way or in front of a person.</summary>
    [JsonIgnore]
    public long Unsettled => Waiting + Sending + Held + DeadUnacknowledged + DeadAcknowledged;

    /// <summary>Whether all of them have come to an end that nobody has to look at any more.</summary>
    [JsonIgnore]
    public bool AreSettled => Unsettled == 0;

    public static LedgerCounts operator +(LedgerCounts left, LedgerCounts right) => new()
    {
        Delivered = left.Delivered + right.Delivered,
        Waiting = left.Waiting + right.Waiting,
        Sending = left.Sending + right.Sending,
        Held = left.Held + right.Held,
        DeadUnacknowledged = left.DeadUnacknowledged + right.DeadUnacknowledged,
        DeadAcknowledged = left.DeadAcknowledged + right.DeadAcknowledged,
        Replayed = left.Replayed + right.Replayed,
        Discarded = left.Discarded + right.Discarded,
        Canceled = left.Canceled + right.Canceled,
        EndedLater = left.EndedLater + right.EndedLater,
        Replays = left.Replays + right.Replays,
        DuplicatesPossible = left.DuplicatesPossible + right.DuplicatesPossible,
    };
}
