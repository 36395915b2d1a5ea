using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Polling;

/// <summary>Finds what a poller's path names: an endpoint, in the contract's word a sink.</summary>
internal sealed class Sinks(WebhooksDbContext db)
{
    /// <returns>Null when there is no such endpoint, or none that the caller may see.</returns>
    public async Task<Sink?> FindAsync(Caller caller, string app, string idOrUid, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return null;

        return await db.Endpoints.Live(application).ByIdOrUid(idOrUid)
            .Join(db.Lanes, e => e.Id, l => l.EndpointId, (e, l) => new Sink(e.Id, l.LastSequence))
            .FirstOrDefaultAsync(cancellationToken);
    }
}

/// <param name="LastSequence">That of the last delivery in its lane.</param>
internal sealed record Sink(EndpointId Id, long LastSequence)
{
    /// <summary>A place in another endpoint's lane, or one that this lane has not reached.</summary>
    public Problem? FindFault(PollIterator? iterator) => iterator is { } place && (place.Endpoint != Id || place.Sequence > LastSequence)
        ? ApiProblems.Invalid(["query", "iterator"], PollPageQuery.IteratorRule)
        : null;
}
