using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Ledger;

/// <summary>
/// What came into an endpoint's lane in one hour, and what became of it. How much came is read from the lane, which numbers what it is
/// given without a gap; what became of it is counted from the deliveries' own rows. Two witnesses: where they differ, something is missing.
/// </summary>
internal sealed class LedgerHour
{
    /// <summary>Stands for no time in the order in which entries are counted.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

    public required LedgerHourId Id { get; init; }

    /// <summary>The beginning of the hour in which the lane's number was read.</summary>
    public required DateTimeOffset Hour { get; init; }

    public required ApplicationId ApplicationId { get; init; }
    public required EndpointId EndpointId { get; init; }

    /// <summary>The lane's number before the hour: the first delivery of the hour has the next one.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The number of the last delivery of the hour.</summary>
    public required long LastSequence { get; set; }

    /// <summary>What its endpoint's content filter kept back; no part of the lane, so it is counted apart.</summary>
    public long Filtered { get; set; }

    public LedgerCounts Counts { get; set; } = new();

    /// <summary>When it was counted last; <see cref="Never"/> where that was before more came.</summary>
    public DateTimeOffset CountedAt { get; set; } = Never;

    /// <summary>When the last of its deliveries came to an end that nobody has to look at any more; null while one has not.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Deliveries that came into the lane in the hour.</summary>
    public long Accepted => LastSequence - FirstSequence;

    /// <summary>
    /// What the last count found missing (above 0), or there without having come (below). Must be 0. A settled entry that is counted again
    /// keeps its counts, which are sealed: only this says that they hold no more.
    /// </summary>
    public long Residue { get; set; }

    /// <summary>
    /// Whether retention may have removed some of its deliveries. An entry holds what came up to a reading before its hour, and that may
    /// have come to its end at once.
    /// </summary>
    /// <param name="removed">Up to when rows may be gone.</param>
    public bool MayLackRows(DateTimeOffset removed) => Hour - LedgerTime.Hour <= removed;
}
