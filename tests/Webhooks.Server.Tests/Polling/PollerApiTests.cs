using System.Text;
using System.Text.Json;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Protocol;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Polling;

public sealed class PollerApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Poll_PageByPage_ReadsWhatCameInOldestFirst()
    {
        var (app, endpoint) = await LaneAsync();
        var messages = await PublishAsync(app, 5);

        var first = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?limit=2")).Expect(200);
        var second = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?limit=2&iterator={first["iterator"]}")).Expect(200);
        var third = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?limit=2&iterator={second["iterator"]}")).Expect(200);

        new[] { first, second, third }.SelectMany(page => page.List("id")).ShouldBe(messages);
        new[] { first, second, third }.Select(page => page["done"]).ShouldBe(["False", "False", "True"]);
    }

    [Fact]
    public async Task Poll_AtTheEnd_GivesAnIteratorThatFindsWhatComesLater()
    {
        var (app, endpoint) = await LaneAsync();
        var end = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200);
        (end["data"], end["done"]).ShouldBe(("[]", "True"));
        var later = await PublishAsync(app, 1);

        var page = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?iterator={end["iterator"]}")).Expect(200);

        page.List("id").ShouldBe(later);
    }

    [Fact]
    public async Task Poll_EndpointThatDidNotMatch_ShowsOnlyItsOwn()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app, ""","channels":["wanted"]""");
        await host.MessageAsync(app);
        var wanted = await host.MessageAsync(app, more: ""","channels":["wanted"],"eventId":"e-1" """);

        var page = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200);

        page.List("id").ShouldBe([wanted]);
        page.List("eventId").ShouldBe(["e-1"]);
        page.List("channels").ShouldBe(["""["wanted"]"""]);
    }

    [Fact]
    public async Task Poll_DisabledEndpointByItsUid_ShowsWhatItHolds()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app, ""","disabled":true,"uid":"off" """);
        var message = await host.MessageAsync(app);

        (await host.Api.GetAsync($"/app/{app}/poller/off")).Expect(200).List("id").ShouldBe([message]);
    }

    [Fact]
    public async Task Poll_MessageThatWasResent_ShowsItAgain()
    {
        var (app, endpoint) = await LaneAsync();
        var messages = await PublishAsync(app, 2);
        (await host.Api.PostAsync($"/app/{app}/msg/{messages[0]}/endpoint/{endpoint}/resend")).Expect(202);

        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200).List("id").ShouldBe([.. messages, messages[0]]);
    }

    [Fact]
    public async Task Poll_WithFilters_ShowsWhatTheyLetThrough()
    {
        var (app, endpoint) = await LaneAsync();
        await host.MessageAsync(app, "a.b", ""","channels":["x"]""");
        var wanted = await host.MessageAsync(app, "a.c", ""","channels":["x","y"]""");
        await host.MessageAsync(app, "a.c");

        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?event_type=a.c&channel=x")).Expect(200).List("id").ShouldBe([wanted]);
        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?event_type=a.b,a.c&channel=y")).Expect(200).List("id").ShouldBe([wanted]);
        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?event_type=a.d")).Expect(200).List("id").ShouldBeEmpty();
    }

    [Fact]
    public async Task Poll_After_ShowsWhatCameInThenAndAPageLaterGoesOn()
    {
        var (app, endpoint) = await LaneAsync();
        await PublishAsync(app, 3);
        var time = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await PublishAsync(app, 3);
        var path = $"/app/{app}/poller/{endpoint}?limit=2&after={time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}";

        var first = (await host.Api.GetAsync(path)).Expect(200);
        var second = (await host.Api.GetAsync($"{path}&iterator={first["iterator"]}")).Expect(200);

        first.List("id").Concat(second.List("id")).ShouldBe(later);
    }

    [Fact]
    public async Task Poll_FilterThatSkipsMore_StopsAndSaysThatItGoesOn()
    {
        var (app, endpoint) = await LaneAsync();
        await FillAsync(endpoint, await host.MessageAsync(app, "common"), 1_500);
        var rare = await host.MessageAsync(app, "rare");

        var first = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?event_type=rare")).Expect(200);
        var second = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?event_type=rare&iterator={first["iterator"]}")).Expect(200);

        (first["data"], first["done"]).ShouldBe(("[]", "False"));
        (second.List("id").Single(), second["done"]).ShouldBe((rare, "True"));
    }

    [Fact]
    public async Task Poll_LargePayloads_EndsThePageBeforeTheyFillTheMemory()
    {
        var (app, endpoint) = await LaneAsync();
        var large = new string('x', 2_000_000);
        for (var i = 0; i < 6; i++)
            (await host.Api.PostAsync($"/app/{app}/msg", $$$"""{"eventType":"large","payload":{"x":"{{{large}}}"}}""")).Expect(202);

        var page = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200);
        var rest = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?iterator={page["iterator"]}")).Expect(200);

        (page.List("id").Count, page["done"], rest.List("id").Count, rest["done"]).ShouldBe((4, "False", 2, "True"));
    }

    [Fact]
    public async Task Poll_Payload_KeepsItsBytesAndIsSignedLikeAPush()
    {
        var (app, endpoint) = await LaneAsync();
        const string payload = """{ "amount": 1.50, "text":"\u00fc" }""";
        (await host.Api.PostAsync($"/app/{app}/msg", $$"""{"eventType":"a","payload":{{payload}} }""")).Expect(202);

        var message = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200).Json.GetProperty("data")[0];

        message.GetProperty("payload").GetRawText().ShouldBe(payload);
        await VerifyAsync(app, endpoint, message, payload);
        message.GetProperty("headers").GetProperty(WebhookHeaders.Sequence).GetString().ShouldBe("1");
    }

    [Theory]
    [InlineData("""{"raw":  1.50}""", true)]
    [InlineData("42", true)]
    [InlineData("plain text", false)]
    [InlineData("{\"padded\":1}\n", false)]
    [InlineData("""{"a":1,"a":2}""", false)]
    public async Task Poll_RawPayload_IsShownAsItIsOrAsText(string raw, bool isJson)
    {
        var (app, endpoint) = await LaneAsync();
        var body = $$$"""{"eventType":"a","payload":{},"transformationsParams":{"rawPayload":{{{JsonSerializer.Serialize(raw)}}}}}""";
        (await host.Api.PostAsync($"/app/{app}/msg", body)).Expect(202);

        var message = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200).Json.GetProperty("data")[0];

        var payload = message.GetProperty("payload");
        (isJson ? payload.GetRawText() : payload.GetString()).ShouldBe(raw);
        await VerifyAsync(app, endpoint, message, raw);
    }

    [Fact]
    public async Task Poll_PayloadGone_SaysSoAndSignsNothing()
    {
        var (app, endpoint) = await LaneAsync();
        var message = (await PublishAsync(app, 1)).Single();
        (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/content")).Expect(204);

        var shown = (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200);

        shown.List("payload").ShouldBe(["""{"expired":true}"""]);
        shown.Json.GetProperty("data")[0].GetProperty("headers").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Poll_WhatAContentFilterKeptBack_IsNotShown()
    {
        var (app, endpoint) = await LaneAsync();
        await FillAsync(endpoint, await host.MessageAsync(app), 3, DeliveryState.Filtered);

        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?limit=2")).Expect(200).List("id").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("iterator=nonsense", "query.iterator")]
    [InlineData("iterator=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "query.iterator")]
    [InlineData("limit=251", "query.limit")]
    [InlineData("event_type=a%20b", "query.event_type")]
    [InlineData("channel=a%20b", "query.channel")]
    [InlineData("after=yesterday", "query.after")]
    public async Task Poll_Faulty_IsRefusedAtItsPlace(string query, string place)
    {
        var (app, endpoint) = await LaneAsync();

        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?{query}")).Expect(422)
            .Faults.ShouldHaveSingleItem().ShouldStartWith(place + ":");
    }

    [Fact]
    public async Task Poll_IteratorOfAnotherEndpoint_IsRefused()
    {
        var (app, endpoint) = await LaneAsync();
        var other = await host.EndpointAsync(app);
        var iterator = (await host.Api.GetAsync($"/app/{app}/poller/{other}")).Expect(200)["iterator"];

        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}?iterator={iterator}")).Expect(422);
    }

    private async Task<(string App, string Endpoint)> LaneAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app));
    }

    private async Task<List<string>> PublishAsync(string app, int count)
    {
        var messages = new List<string>();
        for (var i = 0; i < count; i++)
            messages.Add(await host.MessageAsync(app));
        return messages;
    }

    /// <summary>Puts deliveries of one message into a lane that made no delivery of their own.</summary>
    private Task FillAsync(string endpoint, string message, int count, DeliveryState state = DeliveryState.Delivered)
    {
        IdText.TryParse<EndpointId>(endpoint, out var endpointId).ShouldBeTrue();
        IdText.TryParse<Core.Messages.MessageId>(message, out var messageId).ShouldBeTrue();
        return host.WriteAsync(db =>
        {
            var lane = db.Lanes.Single(l => l.EndpointId == endpointId);
            for (var i = 1; i <= count; i++)
            {
                db.Deliveries.Add(new Delivery
                {
                    Id = host.Ids.New<DeliveryId>(),
                    MessageId = messageId,
                    EndpointId = endpointId,
                    ReplayNumber = i,
                    TriggerType = AttemptTrigger.Manual,
                    Sequence = ++lane.LastSequence,
                    State = state,
                    DueAt = host.Clock.GetUtcNow(),
                    CreatedAt = host.Clock.GetUtcNow(),
                });
            }
        });
    }

    private async Task VerifyAsync(string app, string endpoint, JsonElement message, string body)
    {
        var key = (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/secret")).Expect(200)["key"];
        SigningSecret.TryParse(key, out var secret, out _).ShouldBeTrue();
        var headers = message.GetProperty("headers");
        var verified = new WebhookVerifier([(SymmetricSecret)secret], host.Clock).Verify(
            headers.GetProperty(WebhookHeaders.Id).GetString(), headers.GetProperty(WebhookHeaders.Timestamp).GetString(),
            headers.GetProperty(WebhookHeaders.Signature).GetString(), Encoding.UTF8.GetBytes(body));
        verified.ShouldBe(VerificationResult.Valid);
        headers.GetProperty(WebhookHeaders.Id).GetString().ShouldBe(message.GetProperty("id").GetString());
    }
}
