using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Nodes;

/// <summary>
/// Says that this node lives: before it claims anything, every ten seconds, and at an orderly end that it is gone. A node that only seems
/// dead, because it was held up for a minute, loses its leases as at their end: the fence keeps what the others record.
/// </summary>
internal sealed class NodeHeartbeat(
    IServiceScopeFactory scopes, IWebhooksSql sql, NodeName name, NodeSelf self, TimeProvider clock, ILogger<NodeHeartbeat> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _startedAt = clock.GetUtcMicroseconds();
    private bool _isFailing;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>To be called when nothing is leased any more: hosts stop their services in the reverse order of their start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync((db, token) => db.Nodes.Where(n => n.Name == name.Value).ExecuteDeleteAsync(token), cancellationToken);
        }
        catch (Exception fault)
        {
            logger.NotSignedOff(fault); // It looks dead then, and has no leases to sweep.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryBeatAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryBeatAsync(CancellationToken stopping)
    {
        try
        {
            await BeatAsync(stopping);
            _isFailing = false;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            if (!_isFailing)
                logger.NotAnnounced(fault);
            _isFailing = true;
        }
    }

    private Task BeatAsync(CancellationToken cancellationToken) => WriteAsync(
        async (db, token) =>
        {
            // Asked for now rather than reckoned: whoever decides that a node is dead goes by this clock, too.
            var now = await sql.GetUtcNowAsync(token);
            if (await db.Nodes.Where(n => n.Name == name.Value).ExecuteUpdateAsync(set => set.SetProperty(n => n.SeenAt, now), token) == 1)
                return;

            // The first time, or after so long that the row was removed.
            db.Nodes.Add(new Node { Name = name.Value, Roles = self.Roles, Version = self.Version, StartedAt = _startedAt, SeenAt = now });
            await db.SaveChangesAsync(token);
        },
        cancellationToken);

    private async Task WriteAsync(Func<WebhooksDbContext, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await write(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
