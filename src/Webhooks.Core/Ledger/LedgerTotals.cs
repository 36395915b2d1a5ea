namespace Webhooks.Core.Ledger;

/// <summary>Sums of entries, made by the database: one row for what is counted as far as it came, one for where more came since.</summary>
internal static class LedgerTotals
{
    public static IQueryable<Sums> Of(IQueryable<LedgerHour> entries) => entries
        .GroupBy(h => h.CountedAt > LedgerHour.Never)
        .Select(same => new Sums
        {
            AreCounted = same.Key,
            Entries = same.LongCount(),
            Accepted = same.Sum(h => h.LastSequence - h.FirstSequence),
            Filtered = same.Sum(h => h.Filtered),
            Residue = same.Sum(h => h.Residue),
            Delivered = same.Sum(h => h.Counts.Delivered),
            Waiting = same.Sum(h => h.Counts.Waiting),
            Sending = same.Sum(h => h.Counts.Sending),
            Held = same.Sum(h => h.Counts.Held),
            DeadUnacknowledged = same.Sum(h => h.Counts.DeadUnacknowledged),
            DeadAcknowledged = same.Sum(h => h.Counts.DeadAcknowledged),
            Replayed = same.Sum(h => h.Counts.Replayed),
            Discarded = same.Sum(h => h.Counts.Discarded),
            Canceled = same.Sum(h => h.Counts.Canceled),
            EndedLater = same.Sum(h => h.Counts.EndedLater),
            Replays = same.Sum(h => h.Counts.Replays),
            DuplicatesPossible = same.Sum(h => h.Counts.DuplicatesPossible),
        });

    public static LedgerTotalOut ToOut(IReadOnlyList<Sums> sums)
    {
        var counts = sums.Aggregate(new LedgerCounts(), (sum, same) => sum + same.ToCounts());
        var notCountedYet = sums.Where(same => !same.AreCounted).Sum(same => same.Accepted - same.ToCounts().Total);
        return new LedgerTotalOut
        {
            Entries = sums.Sum(same => same.Entries),
            Accepted = sums.Sum(same => same.Accepted),
            Filtered = new LedgerFilteredOut(sums.Sum(same => same.Filtered)),
            Counts = counts,
            NotCountedYet = notCountedYet,
            Residue = sums.Sum(same => same.Residue),
        };
    }

    internal sealed record Sums
    {
        public required bool AreCounted { get; init; }
        public required long Entries { get; init; }
        public required long Accepted { get; init; }
        public required long Filtered { get; init; }
        public required long Residue { get; init; }
        public required long Delivered { get; init; }
        public required long Waiting { get; init; }
        public required long Sending { get; init; }
        public required long Held { get; init; }
        public required long DeadUnacknowledged { get; init; }
        public required long DeadAcknowledged { get; init; }
        public required long Replayed { get; init; }
        public required long Discarded { get; init; }
        public required long Canceled { get; init; }
        public required long EndedLater { get; init; }
        public required long Replays { get; init; }
        public required long DuplicatesPossible { get; init; }

        public LedgerCounts ToCounts() => new()
        {
            Delivered = Delivered,
            Waiting = Waiting,
            Sending = Sending,
            Held = Held,
            DeadUnacknowledged = DeadUnacknowledged,
            DeadAcknowledged = DeadAcknowledged,
            Replayed = Replayed,
            Discarded = Discarded,
            Canceled = Canceled,
            EndedLater = EndedLater,
            Replays = Replays,
            DuplicatesPossible = DuplicatesPossible,
        };
    }
}
