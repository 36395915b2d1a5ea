using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Nodes;

/// <summary>
/// Closes what a dead node was sending at once, where its leases would still run for minutes. A living one cannot be taken for dead: how
/// long it is silent is counted by one clock, the database's.
/// </summary>
internal sealed class NodeSweep(WebhooksDbContext db, IWebhooksSql sql, LeaseSweep leases, ILogger<NodeSweep> logger)
{
    /// <summary>Returns how many attempts were closed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = await sql.GetUtcNowAsync(cancellationToken);
        if (!await Dead(now).AnyAsync(cancellationToken))
            return 0;

        var dead = await ReadDeadAsync(now, cancellationToken);
        foreach (var node in dead)
            logger.NodeIsDead(node.Name, now - node.SeenAt);

        // Crash here: the next look finds what is left.
        return await leases.SweepLeasesOfAsync([.. dead.Select(node => node.Name)], cancellationToken);
    }

    // Behind the gate that heartbeats pass, with the time from before it: one that waited there since then has been written by now.
    private async Task<List<Node>> ReadDeadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        return await Dead(now).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>Dead nodes that hold leases.</summary>
    private IQueryable<Node> Dead(DateTimeOffset now)
    {
        var deadline = now - Node.DeadAfter;
        return db.Nodes.Where(node =>
            node.SeenAt < deadline && db.Deliveries.Any(d => d.State == DeliveryState.Sending && d.LeasedBy == node.Name));
    }
}
