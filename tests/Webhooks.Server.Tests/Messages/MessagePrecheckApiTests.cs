using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Messages;

public sealed class MessagePrecheckApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Check_NoEndpoint_IsNotActive()
    {
        var app = await host.ApplicationAsync();

        (await CheckAsync(app, "pre.a")).ShouldBe("False");
    }

    [Theory]
    [InlineData("", "pre.a", "null", true)]
    [InlineData(""","eventTypes":["pre.a"]""", "pre.a", "null", true)]
    [InlineData(""","eventTypes":["pre.a"]""", "pre.b", "null", false)]
    [InlineData(""","channels":["c"]""", "pre.a", "null", false)]
    [InlineData(""","channels":["c"]""", "pre.a", """["b","c"]""", true)]
    [InlineData(""","channels":["c"]""", "pre.a", """["b"]""", false)]
    [InlineData(""","disabled":true""", "pre.a", "null", true)]
    [InlineData(""","filter":{"path":"$.n","eq":1}""", "pre.a", "null", true)]
    public async Task Check_OneEndpoint_IsActiveWhereItWouldGetTheEvent(string endpoint, string type, string channels, bool active)
    {
        await host.Api.PutAsync("/event-type/pre.a", """{"description":"d"}""");
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app, endpoint);

        (await CheckAsync(app, type, channels)).ShouldBe(active.ToString());
    }

    [Fact]
    public async Task Check_EndpointDeletedOrAnothers_IsNotActive()
    {
        var (app, other) = (await host.ApplicationAsync(), await host.ApplicationAsync());
        var endpoint = await host.EndpointAsync(app);
        await host.EndpointAsync(other);
        (await host.Api.DeleteAsync($"/app/{app}/endpoint/{endpoint}")).Expect(204);

        (await CheckAsync(app, "pre.a")).ShouldBe("False");
    }

    [Fact]
    public async Task Check_PublishKey_MayAsk()
    {
        var app = await host.ApplicationAsync();
        var publisher = await host.KeyAsync("publish");

        (await publisher.PostAsync($"/app/{app}/msg/precheck/active", """{"eventType":"pre.a"}""")).Expect(200);
        (await publisher.PostAsync("/app/no-such/msg/precheck/active", """{"eventType":"pre.a"}""")).Expect(404);
        (await publisher.PostAsync($"/app/{app}/msg/precheck/active", """{"eventType":"a b","channels":[]}""")).Expect(422)
            .Faults.Select(fault => fault.Split(':')[0]).ShouldBe(["body.eventType", "body.channels"]);
    }

    private async Task<string> CheckAsync(string app, string type, string channels = "null") =>
        (await host.Api.PostAsync(
            $"/app/{app}/msg/precheck/active", $$"""{"eventType":"{{type}}","channels":{{channels}}}""")).Expect(200)["active"];
}
