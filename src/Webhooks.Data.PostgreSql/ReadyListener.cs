using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Core.Deliveries;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// Wakes this node's pump when another node says that something may have become due. While it is cut off, the pump polls.
/// </summary>
internal sealed class ReadyListener(
    PostgreSqlDatabase database, WakeUp wakeUp, NodeName node, TimeProvider clock, ILogger<ReadyListener> logger) : BackgroundService
{
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(1);

    private bool _isCutOff;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_isCutOff)
                    logger.ListeningLost(fault);
                _isCutOff = true;
                await Task.Delay(WaitAfterFault, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) =>
        {
            if (notification.Payload != node.Value)
                wakeUp.Signal();
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {ReadyNotifier.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        if (_isCutOff)
            logger.ListeningAgain();
        _isCutOff = false;
        wakeUp.Signal(); // for what was said while nobody listened
        while (true)
            await connection.WaitAsync(cancellationToken);
    }
}
