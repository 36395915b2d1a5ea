using Webhooks.Core.Data;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>What a delivery costs is mostly the way to the server and back, so nothing goes there by itself.</summary>
public sealed class PostgreSqlRoundTripTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    [Fact]
    public async Task HundredDeliveries_FromPublishToRecord_TakeNineRoundTrips()
    {
        await using var proxy = new DatabaseProxy(Store.ConnectionString);
        await using var node = new Node(proxy.ConnectionString);
        var application = await Given.ApplicationAsync(a => a.ThrottleRate = 1_000_000);
        for (var i = 0; i < 10; i++)
            await Given.EndpointAsync(application);
        await node.Sql.ClaimAsync(Claiming(), Cancel); // opens the connection

        var start = proxy.RoundTrips;
        await node.Writer.CommitAsync(
            [.. Enumerable.Range(0, 10).Select(i => Given.Event(application, eventId: $"e{i}", idempotency: Given.Key($"k{i}")))]);
        var published = proxy.RoundTrips;
        var claim = await node.Sql.ClaimAsync(Claiming() with { Now = TimeProvider.System.GetUtcMicroseconds() }, Cancel);
        var claimed = proxy.RoundTrips;
        await node.Sql.RecordAsync([.. claim.Deliveries.Select(d => Given.Record(d, Answers.Ok))], Now, Cancel);
        var recorded = proxy.RoundTrips;

        claim.Deliveries.Count.ShouldBe(100);
        (published - start, claimed - published, recorded - claimed).ShouldBe((3, 4, 2));
    }

    [Fact]
    public async Task Claim_TheOneBeforeLeftMore_TakesThreeRoundTrips()
    {
        await using var proxy = new DatabaseProxy(Store.ConnectionString);
        await using var node = new Node(proxy.ConnectionString);
        await Given.MessagesAsync(await Given.EndpointAsync(), 5);
        await node.Sql.ClaimAsync(Claiming(maxDeliveries: 1), Cancel);

        var start = proxy.RoundTrips;
        var claim = await node.Sql.ClaimAsync(Claiming(), Cancel);

        (claim.Deliveries.Count, proxy.RoundTrips - start).ShouldBe((4, 3));
    }

    [Fact]
    public async Task Claim_NothingIsReady_TakesOneRoundTrip()
    {
        await using var proxy = new DatabaseProxy(Store.ConnectionString);
        await using var node = new Node(proxy.ConnectionString);
        await node.Sql.ClaimAsync(Claiming(), Cancel);

        var start = proxy.RoundTrips;
        await node.Sql.ClaimAsync(Claiming(), Cancel);

        (proxy.RoundTrips - start).ShouldBe(1);
    }
}
