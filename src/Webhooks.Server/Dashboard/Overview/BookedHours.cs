using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Ledger;

namespace Webhooks.Server.Dashboard.Overview;

/// <summary>What came in a stretch of time, and what has become of it by now, as the books have it.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
public sealed record BookedHours(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Deliveries that came.</summary>
    public long Accepted { get; init; }

    /// <summary>Of these, delivered.</summary>
    public long Delivered { get; init; }

    /// <summary>Dead or held, without a decision.</summary>
    public long NeedPerson { get; init; }

    /// <summary>Canceled, or decided about by a person.</summary>
    public long Settled { get; init; }

    /// <summary>On their way, or not counted yet: the books are a minute old at most.</summary>
    public long OnTheirWay => Math.Max(0, Accepted - Delivered - NeedPerson - Settled);

    /// <param name="count">How many stretches.</param>
    /// <param name="hours">How many hours each has.</param>
    /// <returns>The oldest first; the last one holds <paramref name="now"/>.</returns>
    internal static async Task<IReadOnlyList<BookedHours>> ReadAsync(
        WebhooksDbContext db, DateTimeOffset now, int count, int hours, CancellationToken cancellationToken)
    {
        var step = hours * LedgerTime.Hour;
        var since = LedgerTime.HourOf(now) + LedgerTime.Hour - count * step;
        var booked = await db.LedgerHours.Where(h => h.Hour >= since).GroupBy(h => h.Hour)
            .Select(same => new BookedHours(same.Key, same.Key)
            {
                Accepted = same.Sum(h => h.LastSequence - h.FirstSequence),
                Delivered = same.Sum(h => h.Counts.Delivered),
                NeedPerson = same.Sum(h => h.Counts.Held + h.Counts.DeadUnacknowledged + h.Counts.DeadAcknowledged),
                Settled = same.Sum(h => h.Counts.Replayed + h.Counts.Discarded + h.Counts.Canceled + h.Counts.EndedLater),
            })
            .ToListAsync(cancellationToken);
        return [.. from index in Enumerable.Range(0, count) select Sum(booked, since + index * step, since + (index + 1) * step)];
    }

    private static BookedHours Sum(List<BookedHours> booked, DateTimeOffset from, DateTimeOffset to)
    {
        var within = booked.Where(h => h.From >= from && h.From < to).ToList();
        return new BookedHours(from, to)
        {
            Accepted = within.Sum(h => h.Accepted),
            Delivered = within.Sum(h => h.Delivered),
            NeedPerson = within.Sum(h => h.NeedPerson),
            Settled = within.Sum(h => h.Settled),
        };
    }
}
