using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>What <c>AddWebhooksPostgreSql</c> puts into a host.</summary>
public sealed class PostgreSqlServicesTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    [Fact]
    public async Task Host_WithTheStore_WritesPublishesAndClaims()
    {
        using var host = NewHost();
        await host.StartAsync(Cancel);
        await using var scope = host.Services.CreateAsyncScope();
        var sql = scope.ServiceProvider.GetRequiredService<IWebhooksSql>();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(application);

        await using (var transaction = await sql.BeginWriteAsync(db, Cancel))
        {
            await db.Applications.ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, "Renamed"), Cancel);
            await transaction.CommitAsync(Cancel);
        }

        var published = await scope.ServiceProvider.GetRequiredService<OutboxWriter>().PublishAsync(Given.Event(application), Cancel);
        var claim = await sql.ClaimAsync(Claiming() with { Now = TimeProvider.System.GetUtcMicroseconds() }, Cancel);
        await host.StopAsync(Cancel);

        (await Db.Applications.Select(a => a.Name).Distinct().ToListAsync(Cancel)).ShouldBe(["Renamed"]);
        var request = claim.Deliveries.ShouldHaveSingleItem().Request;
        (request.MessageId, request.EndpointId).ShouldBe((published.MessageId, endpoint));
    }

    [Fact]
    public async Task Hosts_OnOneDatabase_WakeEachOther()
    {
        using var publisher = NewHost();
        using var sleeper = NewHost();
        await publisher.StartAsync(Cancel);
        await sleeper.StartAsync(Cancel);
        var wakeUp = sleeper.Services.GetRequiredService<WakeUp>();
        await wakeUp.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancel); // it listens
        var application = await Given.ApplicationAsync();

        await publisher.Services.GetRequiredService<OutboxWriter>().PublishAsync(Given.Event(application), Cancel);

        await wakeUp.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancel);
        await publisher.StopAsync(Cancel);
        await sleeper.StopAsync(Cancel);
    }

    [Fact]
    public async Task Connections_OfTheStore_HaveItsSettingsBelowTheDeployments()
    {
        await using var database = new PostgreSqlDatabase($"{Store.ConnectionString};Options=-c idle_in_transaction_session_timeout=5s");
        await using var command = database.Source.CreateCommand("""
            SELECT concat_ws(
                ' ', current_setting('jit'), current_setting('plan_cache_mode'), current_setting('idle_in_transaction_session_timeout'))
            """);

        (await command.ExecuteScalarAsync(Cancel)).ShouldBe("off force_custom_plan 5s");
    }

    [Fact]
    public async Task Locks_OfANodeThatHangsInATransaction_EndWithinWhatLeasesLeaveForRecording()
    {
        await using var database = new PostgreSqlDatabase(Store.ConnectionString);
        await using var command = database.Source.CreateCommand(
            "SELECT setting::int FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout' AND unit = 'ms'");

        var timeout = TimeSpan.FromMilliseconds((int)(await command.ExecuteScalarAsync(Cancel))!);

        timeout.ShouldBeInRange(TimeSpan.FromSeconds(1), DeliveryOptions.LeaseMargin);
    }

    private IHost NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLogging();
        builder.Services.AddWebhooksPostgreSql(Store.ConnectionString);
        builder.Services.AddOutbox();
        builder.Services.AddDeliveries();
        return builder.Build();
    }
}
