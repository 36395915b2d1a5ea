using System.Diagnostics;
using System.Security.Cryptography;
using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Processes;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Seeding;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;

namespace Webhooks.Benchmarks.Tables;

/// <summary>What a claim costs, and how much memory the server holds, beside a dead lane in which ever more waits.</summary>
internal static class ClaimsTable
{
    private const int LiveLanes = 50;
    private const int PerClaim = 50;

    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000];

    public static async Task RunAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var sizes = run.Quick ? Sizes[..2] : Sizes;
        var databases = new List<Database>();
        try
        {
            foreach (var size in sizes)
                databases.Add(await Database.MakeAsync(size, run.Count(400), receiver));

            // In turn, so that whatever else the machine does meets all of them alike.
            for (var claim = 0; claim < run.Count(400); claim++)
            {
                foreach (var database in databases)
                    await database.ClaimAsync(isWarmUp: claim < run.Count(400) / 5);
            }

            var rows = new List<IReadOnlyList<object>>();
            foreach (var database in databases)
                rows.Add(await database.ReportAsync(run, receiver, databases[0].Median));
            Report.Table(
                $"Claims: {PerClaim} deliveries of {LiveLanes} live lanes, beside a dead lane",
                ["rows waiting in the dead lane", "claim p50 (ms)", "claim p95 (ms)", "÷ 1,000 rows (≤ 1.2)", "server's resident memory (MB, ≤ 300)", "database file (MB)"],
                rows);
        }
        finally
        {
            foreach (var database in databases)
                await database.DisposeAsync();
        }
    }

    private sealed class Database(DataFolder folder, Seed seed, int size) : IAsyncDisposable
    {
        private readonly List<double> _claims = [];

        public double Median => Percentiles.Of(_claims).P50;

        public static async Task<Database> MakeAsync(int size, int claims, ReceiverProcess receiver)
        {
            var folder = new DataFolder();
            var seed = await Seed.OpenAsync(folder);
            var dead = await seed.AddAsync("http://127.0.0.1:1/");
            var live = await seed.AddManyAsync(LiveLanes, receiver.Url(ReceiverProgram.Counted));
            await Backlog.AddAsync(seed.Database, [dead], size, pausedFor: TimeSpan.FromHours(1));
            await Backlog.AddAsync(seed.Database, live, (claims + 1) * PerClaim + 5_000);
            return new Database(folder, seed, size);
        }

        public async Task ClaimAsync(bool isWarmUp)
        {
            var now = TimeProvider.System.GetUtcMicroseconds();
            var request = new ClaimRequest(now, PerClaim, PerClaim, RandomNumberGenerator.GetBytes(16), now + TimeSpan.FromMinutes(1), "benchmark", 10);
            var started = Stopwatch.GetTimestamp();
            var claim = await seed.Sql.ClaimAsync(request, CancellationToken.None);
            if (!isWarmUp)
                _claims.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (claim.Deliveries.Count != PerClaim)
                throw new InvalidOperationException($"Claimed {claim.Deliveries.Count} of {PerClaim}.");
            await seed.Sql.RecordAsync([.. claim.Deliveries.Select(Delivered)], now, CancellationToken.None);
        }

        public async Task<IReadOnlyList<object>> ReportAsync(Run run, ReceiverProcess receiver, double smallest)
        {
            var claims = Percentiles.Of(_claims);
            await seed.DisposeAsync();
            var resident = await ResidentAsync(receiver);
            var file = new FileInfo(Path.Combine(folder.Path, "webhooks.db")).Length >> 20;
            Report.Raw($"{size} rows waiting: claim {claims}, server {resident} MB, file {file} MB");
            return [size, claims.P50, claims.P95, claims.P50 / smallest, resident, file];
        }

        /// <summary>The server's memory after it delivered what the live lanes still hold.</summary>
        private async Task<long> ResidentAsync(ReceiverProcess receiver)
        {
            await receiver.ResetAsync();
            await using var server = await ServerProcess.StartAsync(folder.Path);
            await receiver.WaitForAsync(5_000, TimeSpan.FromSeconds(5));
            await Pause.ForAsync(TimeSpan.FromSeconds(2));
            return server.ResidentBytes >> 20;
        }

        private static DeliveryRecord Delivered(ClaimedDelivery delivery) => new()
        {
            DeliveryId = delivery.Request.DeliveryId,
            EndpointId = delivery.Request.EndpointId,
            LeaseToken = delivery.LeaseToken,
            LeasedUntil = delivery.LeasedUntil,
            State = DeliveryState.Delivered,
            DueAt = default,
            Attempts = 1,
            Failures = 0,
            OwnFaults = 0,
            LastOutcome = AttemptOutcome.Delivered,
            Attempt = null,
            Lane = new LaneEffect(10, Succeeded: true),
        };

        public async ValueTask DisposeAsync()
        {
            await seed.DisposeAsync();
            folder.Dispose();
        }
    }
}
