using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>
/// Writes down what endpoints' owners do, for operational webhooks to tell, inside the caller's transaction. Nothing is written while there
/// is no operational webhook, nor about operational webhooks themselves: telling of those would go round in circles.
/// </summary>
internal sealed class EndpointEvents(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    private const int MaxBatch = 500;

    private IQueryable<Endpoint> Listeners => db.Endpoints.Live(OperationalApplication.Id);

    /// <summary>For an endpoint in hand, which need not be saved yet.</summary>
    public async Task AddAsync(OperationalEventType type, Endpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.ApplicationId != OperationalApplication.Id && await Listeners.AnyAsync(cancellationToken))
            db.OperationalEvents.Add(Event(type, endpoint.Id, endpoint.Uid));
    }

    /// <summary>For any number of stored ones: a few at a time, so that an application with very many does not fill the memory.</summary>
    public async Task AddAsync(OperationalEventType type, IQueryable<Endpoint> endpoints, CancellationToken cancellationToken)
    {
        var told = endpoints.Where(e => e.ApplicationId != OperationalApplication.Id && Listeners.Any());
        var last = default(EndpointId);
        int count;
        do
        {
            var batch = await told.Where(e => e.Id > last).OrderBy(e => e.Id).Take(MaxBatch)
                .Select(e => new { e.Id, e.Uid }).ToListAsync(cancellationToken);
            var events = batch.ConvertAll(endpoint => Event(type, endpoint.Id, endpoint.Uid));
            await SaveAsync(events, cancellationToken);
            (count, last) = (batch.Count, batch.Count == 0 ? last : batch[^1].Id);
        }
        while (count == MaxBatch);
    }

    private async Task SaveAsync(List<OperationalEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return;

        db.OperationalEvents.AddRange(events);
        await db.SaveChangesAsync(cancellationToken);
        events.ForEach(saved => db.Entry(saved).State = EntityState.Detached);
    }

    private OperationalEvent Event(OperationalEventType type, EndpointId endpoint, string? uid) => new()
    {
        Id = ids.New<OperationalEventId>(),
        Type = type,
        EndpointId = endpoint,
        EndpointUid = uid,
        CreatedAt = clock.GetUtcMicroseconds(),
    };
}
