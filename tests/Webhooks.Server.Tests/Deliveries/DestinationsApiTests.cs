using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Deliveries;

public sealed class DestinationsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task ListEndpoints_OfAMessage_ShowsEachWithItsStatus()
    {
        var app = await host.ApplicationAsync();
        var (first, second) = (await host.EndpointAsync(app, ",\"uid\":\"one\""), await host.EndpointAsync(app));
        var message = await host.MessageAsync(app);
        await host.EndpointAsync(app); // Too late to be a destination.

        var list = (await host.Api.GetAsync($"/app/{app}/msg/{message}/endpoint")).Expect(200);

        list.List("id").ShouldBe([second, first]);
        list.Text.ShouldContain("\"uid\":\"one\",\"url\":\"https://example.com/hook\"");
        list.List("status").ShouldBe(["1", "1"]);
        list.List("statusText").ShouldBe(["pending", "pending"]);
        (await host.Api.GetAsync($"/app/{app}/msg/{message}/endpoint?limit=1&iterator={second}")).Expect(200).List("id").ShouldBe([first]);
    }

    [Theory]
    [InlineData(nameof(DeliveryState.Waiting), 0, "1 pending waiting", true)]
    [InlineData(nameof(DeliveryState.Waiting), 2, "3 sending waiting", true)]
    [InlineData(nameof(DeliveryState.Queued), 0, "1 pending queued", false)]
    [InlineData(nameof(DeliveryState.Sending), 1, "3 sending sending", false)]
    [InlineData(nameof(DeliveryState.Held), 1, "1 pending held", false)]
    [InlineData(nameof(DeliveryState.Delivered), 1, "0 success delivered", false)]
    [InlineData(nameof(DeliveryState.Dead), 9, "2 fail dead", false)]
    [InlineData(nameof(DeliveryState.Canceled), 0, "4 canceled canceled", false)]
    [InlineData(nameof(DeliveryState.Filtered), 0, "4 canceled filtered", false)]
    public async Task Lists_DeliveryInAState_SayItInTheContractsWords(string state, int attempts, string expected, bool isDue)
    {
        var (app, endpoint, message) = await SentAsync();
        await SetAsync(message, Enum.Parse<DeliveryState>(state), attempts);

        foreach (var path in new[] { $"msg/{message}/endpoint", $"endpoint/{endpoint}/msg", $"endpoint/{endpoint}/msg?status={expected[0]}" })
        {
            var entry = (await host.Api.GetAsync($"/app/{app}/{path}")).Expect(200).Json.GetProperty("data").EnumerateArray().Single();

            $"{entry.GetProperty("status")} {entry.GetProperty("statusText")} {entry.GetProperty("state")}".ShouldBe(expected, path);
            (entry.GetProperty("nextAttempt").GetString() is not null).ShouldBe(isDue, path);
        }
    }

    [Fact]
    public async Task Lists_AfterAResend_ShowTheMessageOnceAsTheNewestDeliveryStands()
    {
        var (app, endpoint, message) = await SentAsync();
        await SetAsync(message, DeliveryState.Dead, 9);
        (await host.Api.PostAsync($"/app/{app}/msg/{message}/endpoint/{endpoint}/resend")).Expect(202);

        (await host.Api.GetAsync($"/app/{app}/msg/{message}/endpoint")).Expect(200).List("statusText").ShouldBe(["pending"]);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg")).Expect(200).List("statusText").ShouldBe(["pending"]);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg?status=2")).Expect(200).List("id").ShouldBeEmpty();
    }

    [Fact]
    public async Task ListMessages_PagesBothWays_NewestFirst()
    {
        var (app, endpoint, first) = await SentAsync();
        var second = await host.MessageAsync(app);
        var third = await host.MessageAsync(app);

        (await IdsAsync("")).ShouldBe([third, second, first]);
        (await IdsAsync($"?limit=1&iterator={third}")).ShouldBe([second]);
        (await IdsAsync($"?limit=1&iterator=-{first}")).ShouldBe([second]);

        async Task<IReadOnlyList<string>> IdsAsync(string query) =>
            (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg{query}")).Expect(200).List("id");
    }

    [Theory]
    [InlineData("event_types=invoice.paid", 1)]
    [InlineData("event_types=other", 0)]
    [InlineData("channel=c", 1)]
    [InlineData("channel=other", 0)]
    [InlineData("before=2000-01-01T00:00:00Z", 0)]
    [InlineData("after=2000-01-01T00:00:00Z", 1)]
    [InlineData("status=1", 1)]
    [InlineData("status=0", 0)]
    public async Task ListMessages_Filter_LeavesOutWhatDoesNotMatch(string filter, int count)
    {
        var (app, endpoint, _) = await SentAsync();

        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg?{filter}")).Expect(200).List("id").Count.ShouldBe(count);
    }

    [Fact]
    public async Task ListMessages_Content_IsShownUnlessUnwantedOrGone()
    {
        var (app, endpoint, message) = await SentAsync();
        var path = $"/app/{app}/endpoint/{endpoint}/msg";

        (await host.Api.GetAsync(path)).Expect(200).List("payload").ShouldBe(["""{"n":1}"""]);
        (await host.Api.GetAsync(path + "?with_content=false")).Expect(200).List("payload").ShouldBe(["{}"]);
        (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/content")).Expect(204);
        (await host.Api.GetAsync(path)).Expect(200).List("payload").ShouldBe(["""{"expired":true}"""]);
    }

    [Fact]
    public async Task Lists_FaultyOrNowhere_AreRefused()
    {
        var (app, endpoint, message) = await SentAsync();

        (await host.Api.GetAsync($"/app/{app}/msg/none/endpoint")).Expect(404);
        (await host.Api.GetAsync($"/app/{app}/endpoint/none/msg")).Expect(404);
        (await host.Api.GetAsync($"/app/{app}/msg/{message}/endpoint?iterator=x")).Expect(422).Faults.Single().ShouldStartWith("query.iterator:");
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg?status=9")).Expect(422).Faults.Single().ShouldStartWith("query.status:");
    }

    private async Task<(string App, string Endpoint, string Message)> SentAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app), await host.MessageAsync(app, more: ",\"channels\":[\"c\"]"));
    }

    private Task SetAsync(string message, DeliveryState state, int attempts)
    {
        IdText.TryParse<MessageId>(message, out var id).ShouldBeTrue();
        return host.WriteAsync(db =>
        {
            var delivery = db.Deliveries.Single(d => d.MessageId == id);
            (delivery.State, delivery.Attempts) = (state, attempts);
        });
    }
}
