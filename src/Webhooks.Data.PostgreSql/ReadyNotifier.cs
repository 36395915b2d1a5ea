using Microsoft.Extensions.Hosting;
using Npgsql;
using Webhooks.Core.Deliveries;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// Tells the other nodes that something may have become due. After the commits and apart from them: a NOTIFY inside a transaction holds a
/// lock on the whole database until its commit is on disk, so all commits of all nodes would queue up behind each other. One that gets lost
/// costs the poll interval.
/// </summary>
internal sealed class ReadyNotifier(PostgreSqlDatabase database, NodeName node, TimeProvider clock) : BackgroundService
{
    public const string Channel = "webhooks_ready";

    // Under load one word stands for all commits of this time.
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await database.Committed.WaitAsync(Long, clock, stoppingToken);
            await Task.Delay(await NotifyAsync(stoppingToken), clock, stoppingToken);
        }
    }

    private async Task<TimeSpan> NotifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var notify = database.Source.CreateCommand("SELECT pg_notify($1, $2)");
            notify.Parameters.Add(new NpgsqlParameter { Value = Channel });
            notify.Parameters.Add(new NpgsqlParameter { Value = node.Value });
            await notify.ExecuteNonQueryAsync(cancellationToken);
            return AtMostEvery;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return WaitAfterFault; // the nodes poll meanwhile; a database that is away is told of by those who need it more
        }
    }
}
