using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Endpoints;

/// <summary>
/// Cancels what waits for endpoints that their owner deleted and discards their dead letters, in small transactions so that a long backlog
/// never holds up the outbox, and then removes the lane. The lane's row is the note that there is work to do, so a crash here loses
/// nothing.
/// </summary>
internal sealed class EndpointCleanup(
    WebhooksDbContext db, IWebhooksSql sql, LaneSwitch lanes, LedgerBooking books, WebhooksMeter meter, TimeProvider clock)
{
    private const int MaxBatch = 1_000;
    private const string Note = "The endpoint was deleted by its owner.";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var deleted = await (
            from lane in db.Lanes
            join endpoint in db.Endpoints on lane.EndpointId equals endpoint.Id
            where endpoint.DeletedAt != null
            select lane.EndpointId).ToListAsync(cancellationToken);

        foreach (var endpointId in deleted)
            await CleanAsync(endpointId, cancellationToken);
    }

    private async Task CleanAsync(EndpointId endpointId, CancellationToken cancellationToken)
    {
        int canceled, discarded;
        do
        {
            await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

            // Locks the lane, so that no record hands a delivery back between the last look and the lane's end.
            await lanes.HoldAsync(endpointId, cancellationToken);
            canceled = await CancelAsync(endpointId, Queued, cancellationToken)
                + await CancelAsync(endpointId, Waiting, cancellationToken)
                + await CancelAsync(endpointId, Held, cancellationToken);
            discarded = await DiscardAsync(endpointId, cancellationToken);
            if (canceled + discarded == 0)
                await RemoveLaneAsync(endpointId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            meter.Canceled(canceled);
        }
        while (canceled + discarded > 0);
    }

    // One state at a time, written as a constant and in the order of its index, so that the index of just that state serves.
    private IQueryable<Delivery> Queued =>
        db.Deliveries.Where(d => d.State == DeliveryState.Queued).OrderBy(d => d.OrderingKey).ThenBy(d => d.Sequence);

    private IQueryable<Delivery> Waiting => db.Deliveries.Where(d => d.State == DeliveryState.Waiting).OrderBy(d => d.DueAt);

    private IQueryable<Delivery> Held => db.Deliveries.Where(d => d.State == DeliveryState.Held).OrderBy(d => d.DueAt);

    private Task<int> CancelAsync(EndpointId endpointId, IQueryable<Delivery> unfinished, CancellationToken cancellationToken) =>
        unfinished.Where(delivery => delivery.EndpointId == endpointId).Take(MaxBatch)
            .CancelAsync(clock.GetUtcMicroseconds(), cancellationToken);

    private Task<int> DiscardAsync(EndpointId endpointId, CancellationToken cancellationToken) =>
        db.DeadLetters.Undecided().Where(letter => letter.EndpointId == endpointId).OrderBy(letter => letter.DeliveryId).Take(MaxBatch)
            .DiscardAsync(IncidentDesk.Service, Note, clock.GetUtcMicroseconds(), cancellationToken);

    // What is being sent just now comes back as delivered, dead or waiting; the lane stays for as long. So a dead letter that is written
    // only then finds it, too.
    private async Task RemoveLaneAsync(EndpointId endpointId, CancellationToken cancellationToken)
    {
        await books.BookAsync(endpointId, cancellationToken); // what it was given is known from its row only
        await db.Lanes.Where(lane => lane.EndpointId == endpointId && lane.InFlight == 0).ExecuteDeleteAsync(cancellationToken);
        await db.PollConsumers.Where(consumer => consumer.EndpointId == endpointId).ExecuteDeleteAsync(cancellationToken);
    }
}
