using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

public sealed class SendExampleApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Send_TypeWithAnExample_GoesToThatEndpointOnly()
    {
        await TypeAsync("ex.type", """{"1":{"examples":[{ "a": 1.50 },{"a":2}]},"2":{"examples":[{"a":3}]}}""");
        var (app, endpoint) = await EndpointAsync();
        await host.EndpointAsync(app);

        var sent = (await SendAsync(app, endpoint, "ex.type")).Expect(200);

        sent.Text.ShouldContain("""{ "a": 1.50 }""");
        sent["eventType"].ShouldBe("ex.type");
        (await host.Api.GetAsync($"/app/{app}/msg/{sent.Id}")).Expect(200).Text.ShouldBe(sent.Text);
        IdText.TryParse<MessageId>(sent.Id, out var id).ShouldBeTrue();
        var delivery = await host.ReadAsync(db => db.Deliveries.SingleAsync(d => d.MessageId == id));
        (delivery.EndpointId.ToString(), delivery.State, delivery.TriggerType).ShouldBe((endpoint, DeliveryState.Waiting, AttemptTrigger.Manual));
        IdText.TryParse<EndpointId>(endpoint, out var lane).ShouldBeTrue();
        (await host.ReadAsync(db => db.Lanes.SingleAsync(l => l.EndpointId == lane))).ReadyAt.ShouldBe(host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Send_AnotherExample_IsThatOne()
    {
        await TypeAsync("ex.several", """{"1":{"examples":[{"a":1},{"a":2}]}}""");
        var (app, endpoint) = await EndpointAsync();

        (await SendAsync(app, endpoint, "ex.several", 1)).Expect(200).Text.ShouldContain("""{"a":2}""");
        (await SendAsync(app, endpoint, "ex.several", 2)).Expect(400)["detail"]
            .ShouldStartWith("The event type 'ex.several' has no example 2.");
        (await SendAsync(app, endpoint, "ex.several", -1)).Expect(422).Faults.Single().ShouldStartWith("body.exampleIndex:");
    }

    [Fact]
    public async Task Send_Ping_NeedsNoTypeAndPassesFilters()
    {
        await host.EventTypeAsync("ex.other");
        var (app, endpoint) = await EndpointAsync(""","eventTypes":["ex.other"],"channels":["c"]""");

        (await SendAsync(app, endpoint, "svix.ping")).Expect(200).Text.ShouldContain("""{"success": true}""");
    }

    [Theory]
    [InlineData("ex.none", "{}")]
    [InlineData("ex.wrong-version", """{"2":{"examples":[{"a":3}]}}""")]
    [InlineData("ex.empty", """{"1":{"examples":[]}}""")]
    [InlineData("ex.no-object", """{"1":{"examples":[7]}}""")]
    public async Task Send_TypeWithoutAnExample_IsAnInvalidScheme(string name, string schemas)
    {
        await TypeAsync(name, schemas);
        var (app, endpoint) = await EndpointAsync();

        (await SendAsync(app, endpoint, name)).Expect(400)["code"].ShouldBe("invalid_scheme");
        (await SendAsync(app, endpoint, "ex.unknown")).Expect(400)["code"].ShouldBe("invalid_scheme");
    }

    [Fact]
    public async Task Send_TypeThatTheEndpointDoesNotWant_SaysSo()
    {
        await TypeAsync("ex.unwanted", """{"1":{"examples":[{}]}}""");
        await host.EventTypeAsync("ex.wanted");
        var (app, endpoint) = await EndpointAsync(""","eventTypes":["ex.wanted"]""");

        var answer = (await SendAsync(app, endpoint, "ex.unwanted")).Expect(400);

        (answer["code"], answer["detail"].Contains("eventTypes", StringComparison.Ordinal)).ShouldBe(("filtered", true));
        (await host.Api.GetAsync($"/app/{app}/msg")).Expect(200).List("id").ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_ToADisabledEndpoint_SaysSo()
    {
        var (app, endpoint) = await EndpointAsync(""","disabled":true""");

        (await SendAsync(app, endpoint, "svix.ping")).Expect(400)["code"].ShouldBe("endpoint_disabled");
    }

    [Fact]
    public async Task Send_FaultyOrNowhere_IsRefused()
    {
        var (app, endpoint) = await EndpointAsync();

        (await host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/send-example", "{}")).Expect(422).Faults.Single().ShouldStartWith("body.eventType:");
        (await SendAsync(app, "none", "svix.ping")).Expect(404);
    }

    private Task<ApiAnswer> SendAsync(string app, string endpoint, string type, int? index = null) => host.Api.PostAsync(
        $"/app/{app}/endpoint/{endpoint}/send-example", $$"""{"eventType":"{{type}}","exampleIndex":{{index?.ToString() ?? "null"}}}""");

    private async Task TypeAsync(string name, string schemas) =>
        (await host.Api.PutAsync($"/event-type/{name}", $$"""{"description":"d","schemas":{{schemas}}}""")).Expect(201);

    private async Task<(string App, string Endpoint)> EndpointAsync(string more = "")
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app, more));
    }
}
