using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Data.Sqlite;
using Webhooks.Server.Health;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Health;

/// <summary>Each check fails where what it stands for fails.</summary>
public sealed class HealthChecksTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_Writable_IsHealthy()
    {
        await using var scope = host.Services.CreateAsyncScope();

        (await Database(scope).CheckHealthAsync(new(), Cancel)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Database_AnswersButTakesNoWrites_IsUnhealthy()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        await db.Database.OpenConnectionAsync(Cancel);
        await db.Database.ExecuteSqlAsync($"PRAGMA query_only = ON", Cancel);

        (await db.Database.CanConnectAsync(Cancel)).ShouldBeTrue();
        await Should.ThrowAsync<SqliteException>(() => Database(scope).CheckHealthAsync(new(), Cancel));

        await db.Database.ExecuteSqlAsync($"PRAGMA query_only = OFF", Cancel); // the connection goes back to the pool
    }

    [Fact]
    public async Task Schema_MigrationsMissing_IsUnhealthyUntilTheyAreDone()
    {
        var directory = Directory.CreateTempSubdirectory("webhooks-health-");
        await using (var services = new ServiceCollection().AddWebhooksSqlite(directory.FullName).BuildServiceProvider())
        {
            var check = new SchemaCheck(services.GetRequiredService<IServiceScopeFactory>());

            var before = await check.CheckHealthAsync(new(), Cancel);
            await using (var scope = services.CreateAsyncScope())
                await SqliteMigration.MigrateAsync(scope.ServiceProvider.GetRequiredService<SqliteWebhooksDbContext>(), Cancel);
            var after = await check.CheckHealthAsync(new(), Cancel);

            (before.Status, after.Status).ShouldBe((HealthStatus.Unhealthy, HealthStatus.Healthy));
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Pump_NeverStarted_IsAliveButNotReady()
    {
        (await PumpAsync(NewPump(new FakeTimeProvider()))).ShouldBe((HealthStatus.Unhealthy, HealthStatus.Healthy));
    }

    [Fact]
    public async Task Pump_GoesRound_IsReady()
    {
        using var stopping = new CancellationTokenSource();
        var pump = NewPump(new FakeTimeProvider());
        var running = pump.RunAsync(stopping.Token);

        (await PumpAsync(pump)).ShouldBe((HealthStatus.Healthy, HealthStatus.Healthy));

        await stopping.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData(30, HealthStatus.Healthy, HealthStatus.Healthy)]
    [InlineData(60, HealthStatus.Unhealthy, HealthStatus.Healthy)]
    [InlineData(301, HealthStatus.Unhealthy, HealthStatus.Unhealthy)]
    public async Task Pump_LastTurnIsOld_IsNotReadyAndAtLastNotAlive(int seconds, HealthStatus ready, HealthStatus alive)
    {
        var clock = new FakeTimeProvider();
        var pump = NewPump(clock);
        await pump.RunAsync(new CancellationToken(canceled: true)); // one that is stopped at once has made no turn
        pump.SinceLastTurn.ShouldBeNull();
        using var stopping = new CancellationTokenSource();
        var running = pump.RunAsync(stopping.Token);
        await stopping.CancelAsync();
        await running;

        clock.Advance(TimeSpan.FromSeconds(seconds));

        (await PumpAsync(pump)).ShouldBe((ready, alive));
    }

    private DatabaseCheck Database(AsyncServiceScope scope) =>
        new(scope.ServiceProvider.GetRequiredService<WebhooksDbContext>(), host.Services.GetRequiredService<IWebhooksSql>());

    private DeliveryPump NewPump(TimeProvider clock) => ActivatorUtilities.CreateInstance<DeliveryPump>(host.Services, clock);

    private static async Task<(HealthStatus Ready, HealthStatus Alive)> PumpAsync(DeliveryPump pump)
    {
        var ready = await new PumpReady(pump, Options.Create(new DeliveryOptions())).CheckHealthAsync(new(), Cancel);
        var alive = await new PumpAlive(pump).CheckHealthAsync(new(), Cancel);
        return (ready.Status, alive.Status);
    }
}
