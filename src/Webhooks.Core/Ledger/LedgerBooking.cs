using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Reads from the lanes how much they were given and enters it in the books. A lane's number moves in the transaction that writes its
/// deliveries, so whatever number is read here, every delivery up to it is there. What was accepted is booked in the hour in which it is
/// read, which is at most one interval later.
/// </summary>
internal sealed class LedgerBooking(WebhooksDbContext db, IWebhooksSql sql, IdGenerator ids, TimeProvider clock)
{
    private const int MaxBatch = 50;

    /// <summary>All lanes, in small transactions. Safe to run twice at once: each reading names the one before it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Before the lanes, whose entries say how far the books have come: a crash on the way leaves what comes after the last hour done.
        await BookFilteredAsync(cancellationToken);
        await BookLanesAsync(cancellationToken);
    }

    private async Task BookLanesAsync(CancellationToken cancellationToken)
    {
        var last = default(EndpointId);
        List<EndpointId> batch;
        do
        {
            batch = await Moved(db, last, MaxBatch).ToListAsync(cancellationToken);
            if (batch.Count == 0)
                return;

            await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
            foreach (var endpoint in batch)
                await BookAsync(endpoint, cancellationToken);

            // Crash before: nothing was booked; the next run reads the same lanes again.
            await transaction.CommitAsync(CancellationToken.None);
            last = batch[^1];
        }
        while (batch.Count == MaxBatch);
    }

    /// <summary>One lane, inside the caller's transaction: before the lane's row goes.</summary>
    public async Task BookAsync(EndpointId endpoint, CancellationToken cancellationToken)
    {
        // In the order of the endpoints, as wherever several lanes are locked; from here to the end of the transaction this one is.
        var lanes = db.Lanes.Where(l => l.EndpointId == endpoint && l.LastSequence > l.BookedSequence);
        var before = await lanes.Select(l => (long?)l.BookedSequence).FirstOrDefaultAsync(cancellationToken);
        if (before is not { } booked
            || await lanes.Where(l => l.BookedSequence == booked)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.BookedSequence, l => l.LastSequence), cancellationToken) == 0)
            return; // another node was first

        var lane = await db.Lanes.Where(l => l.EndpointId == endpoint)
            .Select(l => new { l.ApplicationId, l.LastSequence }).SingleAsync(cancellationToken);
        await EnterAsync(endpoint, lane.ApplicationId, booked, lane.LastSequence, cancellationToken);
    }

    /// <summary>Lanes that were given something since they were read.</summary>
    internal static IQueryable<EndpointId> Moved(WebhooksDbContext db, EndpointId after, int count) => db.Lanes
        .Where(l => l.EndpointId > after && l.LastSequence > l.BookedSequence)
        .OrderBy(l => l.EndpointId)
        .Select(l => l.EndpointId)
        .Take(count);

    private async Task EnterAsync(
        EndpointId endpoint, ApplicationId application, long first, long last, CancellationToken cancellationToken)
    {
        var hour = LedgerTime.HourOf(clock.GetUtcNow());
        var goesOn = await db.LedgerHours.Where(h => h.EndpointId == endpoint && h.Hour == hour).ExecuteUpdateAsync(
            set => set.SetProperty(h => h.LastSequence, last)
                // An empty one was made where the lane stood then; it may have been read into the hour before since.
                .SetProperty(h => h.FirstSequence, h => h.FirstSequence == h.LastSequence ? first : h.FirstSequence)
                .SetProperty(h => h.SettledAt, (DateTimeOffset?)null)
                .SetProperty(h => h.Residue, 0)
                .SetProperty(h => h.CountedAt, LedgerHour.Never),
            cancellationToken);
        if (goesOn > 0)
            return;

        await AddAsync(hour, endpoint, application, (first, last), filtered: 0, cancellationToken);
    }

    private async Task AddAsync(
        DateTimeOffset hour, EndpointId endpoint, ApplicationId application, (long First, long Last) sequence, long filtered,
        CancellationToken cancellationToken)
    {
        var entry = new LedgerHour
        {
            Id = ids.New<LedgerHourId>(),
            Hour = hour,
            ApplicationId = application,
            EndpointId = endpoint,
            FirstSequence = sequence.First,
            LastSequence = sequence.Last,
            Filtered = filtered,
        };
        db.LedgerHours.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        db.Entry(entry).State = EntityState.Detached;
    }

    /// <summary>
    /// From where on filtered deliveries may be missing in the books: the hour before this one, or an earlier one where nobody has booked
    /// for long. What is sealed stays as it is.
    /// </summary>
    private async Task<DateTimeOffset> FirstOpenHourAsync(CancellationToken cancellationToken)
    {
        var recent = LedgerTime.HourOf(clock.GetUtcNow()) - LedgerTime.Hour;
        var newest = await db.LedgerHours.OrderByDescending(h => h.Hour).Select(h => (DateTimeOffset?)h.Hour)
            .FirstOrDefaultAsync(cancellationToken);
        var from = newest >= recent ? recent : newest ?? DateTimeOffset.UnixEpoch;
        var last = await db.LedgerSeals.OrderByDescending(s => s.Day).Select(s => s.Day).FirstOrDefaultAsync(cancellationToken);
        return last is not null && LedgerTime.OfName(last) + LedgerTime.Day is var unsealed && unsealed > from ? unsealed : from;
    }

    private async Task<DateTimeOffset?> FilteredHourAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        await LedgerQueries.FirstFiltered(db, from).FirstOrDefaultAsync(cancellationToken) is { } id
            ? LedgerTime.HourOf(IdTime.Of(id))
            : null;

    /// <summary>What filters kept back is in no lane: it is counted, again and again until its hour surely is complete.</summary>
    private async Task BookFilteredAsync(CancellationToken cancellationToken)
    {
        var next = await FirstOpenHourAsync(cancellationToken);
        while (await FilteredHourAsync(next, cancellationToken) is { } hour)
        {
            await BookFilteredAsync(hour, cancellationToken);
            next = hour + LedgerTime.Hour;
        }
    }

    private async Task BookFilteredAsync(DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var counts = await LedgerQueries.Filtered(db, hour).ToListAsync(cancellationToken);
        if (counts.Count == 0)
            return;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        foreach (var (endpoint, count) in counts)
            await EnterFilteredAsync(hour, endpoint, count, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task EnterFilteredAsync(DateTimeOffset hour, EndpointId endpoint, long count, CancellationToken cancellationToken)
    {
        var entry = db.LedgerHours.Where(h => h.EndpointId == endpoint && h.Hour == hour);
        if (await entry.ExecuteUpdateAsync(set => set.SetProperty(h => h.Filtered, count), cancellationToken) > 0)
            return;

        // Nothing came into the lane in that hour, or its row is gone since: an empty range at the place where it stands.
        var application = await db.Endpoints.Where(e => e.Id == endpoint).Select(e => e.ApplicationId).FirstOrDefaultAsync(cancellationToken);
        var booked = await db.Lanes.Where(l => l.EndpointId == endpoint).Select(l => l.BookedSequence).FirstOrDefaultAsync(cancellationToken);
        await AddAsync(hour, endpoint, application, (booked, booked), count, cancellationToken);
    }
}
