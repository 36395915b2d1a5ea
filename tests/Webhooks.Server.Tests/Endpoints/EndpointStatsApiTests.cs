using System.Globalization;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

public sealed class EndpointStatsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Get_DeliveriesInEachState_AreCounted()
    {
        var (app, endpoint) = await EndpointAsync();
        (DeliveryState State, int Attempts)[] wanted =
        [
            (DeliveryState.Waiting, 0), (DeliveryState.Waiting, 1), (DeliveryState.Sending, 1), (DeliveryState.Held, 1),
            (DeliveryState.Delivered, 1), (DeliveryState.Delivered, 2), (DeliveryState.Dead, 9), (DeliveryState.Canceled, 0),
        ];
        foreach (var _ in wanted)
            await host.MessageAsync(app);
        await SetAsync(endpoint, wanted);

        var stats = (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/stats")).Expect(200);

        stats.Text.ShouldBe("""{"success":2,"pending":2,"sending":2,"fail":1,"canceled":1}""");
    }

    [Fact]
    public async Task Get_Range_LeavesOutMessagesBeforeAndAfter()
    {
        var (app, endpoint) = await EndpointAsync();
        var first = host.Clock.GetUtcNow();
        await host.MessageAsync(app);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.MessageAsync(app);

        (await PendingAsync($"since={Text(first)}&until={Text(first.AddMinutes(1))}")).ShouldBe("1");
        (await PendingAsync($"since={Text(first.AddMinutes(1))}")).ShouldBe("1");
        (await PendingAsync("")).ShouldBe("2");
        (await PendingAsync("until=2000-01-01T00:00:00Z")).ShouldBe("0");

        async Task<string> PendingAsync(string range) => (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/stats?{range}")).Expect(200)["pending"];
    }

    [Theory]
    [InlineData("since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z")]
    [InlineData("since=2026-01-01T00:00:00Z&until=2026-01-29T00:00:01Z")]
    [InlineData("since=0001-01-01T00:00:00Z")]
    public async Task Get_BadRange_IsInvalid(string range)
    {
        var (app, endpoint) = await EndpointAsync();

        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/stats?{range}")).Expect(400)["code"].ShouldBe("invalid_range");
    }

    [Theory]
    [InlineData("until=0001-01-01T00:00:00Z", 200)]
    [InlineData("since=9999-12-31T00:00:00Z&until=9999-12-31T23:59:59.999999Z", 200)]
    [InlineData("since=yesterday", 422)]
    public async Task Get_OddTimes_AreNoFaultOfOurs(string range, int status)
    {
        var (app, endpoint) = await EndpointAsync();

        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/stats?{range}")).Expect(status);
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task<(string App, string Endpoint)> EndpointAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app));
    }

    private Task SetAsync(string endpoint, (DeliveryState State, int Attempts)[] wanted)
    {
        IdText.TryParse<EndpointId>(endpoint, out var id).ShouldBeTrue();
        return host.WriteAsync(db =>
        {
            foreach (var (delivery, (state, attempts)) in db.Deliveries.Where(d => d.EndpointId == id).AsEnumerable().Zip(wanted))
                (delivery.State, delivery.Attempts) = (state, attempts);
        });
    }
}
