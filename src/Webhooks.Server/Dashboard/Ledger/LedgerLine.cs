using Webhooks.Core.Ledger;

namespace Webhooks.Server.Dashboard.Ledger;

/// <summary>A line of the books as the page shows it, in the columns that people think in.</summary>
/// <param name="Link">The page that shows what the line is made of; null for none.</param>
internal sealed record LedgerLine(string Name, string? Under, DateTimeOffset? Hour, string? Link)
{
    public required long Accepted { get; init; }
    public required long Delivered { get; init; }

    /// <summary>Waiting, or being sent.</summary>
    public required long OnItsWay { get; init; }

    /// <summary>Held or dead, and undecided.</summary>
    public required long WithPeople { get; init; }

    /// <summary>Replayed or discarded.</summary>
    public required long Decided { get; init; }

    /// <summary>Ended with their endpoint, or when nobody could count any more how.</summary>
    public required long Ended { get; init; }

    /// <summary>Booked since the last count.</summary>
    public required long NotCountedYet { get; init; }

    public required long Filtered { get; init; }
    public required long MayBeDuplicates { get; init; }
    public required long Residue { get; init; }

    public static LedgerLine Of(LedgerHour entry, string name, string under) =>
        Of(name, under, entry.Hour, $"/endpoints/{entry.EndpointId}", entry.Accepted, entry.Filtered, entry.Counts, entry.CountedAt == LedgerHour.Never);

    public static LedgerLine Of(string name, string? under, string? link, LedgerTotalOut total) =>
        Of(name, under, null, link, total.Accepted, total.Filtered.ContentFilter, total.Counts, false) with
        {
            NotCountedYet = total.NotCountedYet,
            Residue = total.Residue,
        };

    private static LedgerLine Of(
        string name, string? under, DateTimeOffset? hour, string? link, long accepted, long filtered, LedgerCounts counts, bool isNotCounted) =>
        new(name, under, hour, link)
        {
            Accepted = accepted,
            Delivered = counts.Delivered,
            OnItsWay = counts.Waiting + counts.Sending,
            WithPeople = counts.Held + counts.DeadUnacknowledged + counts.DeadAcknowledged,
            Decided = counts.Replayed + counts.Discarded,
            Ended = counts.Canceled + counts.EndedLater,
            NotCountedYet = isNotCounted ? accepted - counts.Total : 0,
            Filtered = filtered,
            MayBeDuplicates = counts.DuplicatesPossible,
            Residue = isNotCounted ? 0 : accepted - counts.Total,
        };
}
