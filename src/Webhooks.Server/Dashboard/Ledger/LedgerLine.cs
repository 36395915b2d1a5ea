using Webhooks.Core.Ledger;

namespace Webhooks.Server.Dashboard.Ledger;

/// <summary>A line of the books as the page shows it, in the columns that people think in.</summary>
/// <param name="Link">The page that shows what the line is made of; null for none.</param>
internal sealed record LedgerLine(string Name, string? Under, string? Link)
{
    /// <summary>Null where it sums up more than one.</summary>
    public DateTimeOffset? Hour { get; init; }

    public long Accepted { get; init; }
    public long Delivered { get; init; }

    /// <summary>Waiting, or being sent.</summary>
    public long OnItsWay { get; init; }

    /// <summary>Held or dead, and undecided.</summary>
    public long WithPeople { get; init; }

    /// <summary>Replayed or discarded.</summary>
    public long Decided { get; init; }

    /// <summary>Ended with their endpoint, or when nobody could count any more how.</summary>
    public long Ended { get; init; }

    /// <summary>Booked since the last count.</summary>
    public long NotCountedYet { get; init; }

    public long Filtered { get; init; }
    public long MayBeDuplicates { get; init; }
    public long Residue { get; init; }

    public static LedgerLine Of(LedgerHour entry, string name, string under) =>
        Of(entry.Counts, name, under, $"/endpoints/{entry.EndpointId}") with
        {
            Hour = entry.Hour,
            Accepted = entry.Accepted,
            NotCountedYet = entry.CountedAt == LedgerHour.Never ? entry.Accepted - entry.Counts.Total : 0,
            Filtered = entry.Filtered,
            Residue = entry.Residue,
        };

    public static LedgerLine Of(LedgerTotalOut total, string name, string? under, string? link) =>
        Of(total.Counts, name, under, link) with
        {
            Accepted = total.Accepted,
            NotCountedYet = total.NotCountedYet,
            Filtered = total.Filtered.ContentFilter,
            Residue = total.Residue,
        };

    private static LedgerLine Of(LedgerCounts counts, string name, string? under, string? link) => new(name, under, link)
    {
        Delivered = counts.Delivered,
        OnItsWay = counts.Waiting + counts.Sending,
        WithPeople = counts.Held + counts.DeadUnacknowledged + counts.DeadAcknowledged,
        Decided = counts.Replayed + counts.Discarded,
        Ended = counts.Canceled + counts.EndedLater,
        MayBeDuplicates = counts.DuplicatesPossible,
    };
}
