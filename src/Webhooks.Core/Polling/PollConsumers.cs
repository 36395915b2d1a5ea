using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Polling;

/// <summary>
/// How far the named readers of an endpoint have got. Only what a reader confirmed counts: one that crashes gets its page again.
/// </summary>
internal sealed class PollConsumers(WebhooksDbContext db, IWebhooksSql sql, TimeProvider clock)
{
    /// <summary>How many readers an endpoint may have: names that are made up anew each time must not fill the table.</summary>
    public const int MaxPerEndpoint = 100;

    /// <returns>What the reader confirmed last; 0 for one that is new.</returns>
    public async Task<long> PositionAsync(EndpointId endpoint, string name, CancellationToken cancellationToken) =>
        await Of(endpoint, name).Select(c => (long?)c.Sequence).FirstOrDefaultAsync(cancellationToken) ?? 0;

    /// <summary>
    /// Confirms everything up to a place, in a transaction of its own. A place that lies before the confirmed one changes nothing.
    /// </summary>
    /// <returns>Why it can't be done; null when it is.</returns>
    public async Task<Problem?> ConfirmAsync(EndpointId endpoint, string name, long sequence, CancellationToken cancellationToken)
    {
        if (sequence <= await PositionAsync(endpoint, name, cancellationToken))
            return null;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await MoveAsync(endpoint, name, sequence, mayGoBack: false, cancellationToken) is { } refusal)
            return refusal;

        // Crash before: nothing is confirmed, the reader gets the page again that it has dealt with. Crash after: it asks with the same
        // iterator again and gets the same page.
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    /// <summary>Puts a reader to a place, be it before the confirmed one, inside the caller's transaction.</summary>
    /// <returns>Why it can't be done; null when it is.</returns>
    public Task<Problem?> PlaceAsync(EndpointId endpoint, string name, long sequence, CancellationToken cancellationToken) =>
        MoveAsync(endpoint, name, sequence, mayGoBack: true, cancellationToken);

    private async Task<Problem?> MoveAsync(
        EndpointId endpoint, string name, long sequence, bool mayGoBack, CancellationToken cancellationToken)
    {
        if (!await Of(endpoint, name).AnyAsync(cancellationToken))
            await LockAsync(endpoint, cancellationToken);

        var now = clock.GetUtcMicroseconds();
        var moved = await Of(endpoint, name).Where(c => mayGoBack || c.Sequence < sequence).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Sequence, sequence).SetProperty(c => c.UpdatedAt, now), cancellationToken);
        if (moved > 0 || await Of(endpoint, name).AnyAsync(cancellationToken))
            return null;
        if (await db.PollConsumers.CountAsync(c => c.EndpointId == endpoint, cancellationToken) >= MaxPerEndpoint)
            return ApiProblems.BadRequest(
                "limit_reached", $"This endpoint has {MaxPerEndpoint} consumers. Use one of their names, or read without a consumer.");

        db.PollConsumers.Add(new PollConsumer { EndpointId = endpoint, Name = name, Sequence = sequence, UpdatedAt = now });
        return null;
    }

    // Two first requests of one reader queue up here, so the second finds what the first one made.
    private Task<int> LockAsync(EndpointId endpoint, CancellationToken cancellationToken) =>
        db.Endpoints.Where(e => e.Id == endpoint)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.UpdatedAt, e => e.UpdatedAt), cancellationToken);

    private IQueryable<PollConsumer> Of(EndpointId endpoint, string name) =>
        db.PollConsumers.Where(c => c.EndpointId == endpoint && c.Name == name);
}
