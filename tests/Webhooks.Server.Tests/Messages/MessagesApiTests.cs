using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Messages;

public sealed class MessagesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Publish_AllFields_ComeBack()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync($"/app/{app}/msg",
            """{"eventType":"a.b","payload":{"n":1},"eventId":"e1","channels":["c"],"payloadRetentionPeriod":5}""")).Expect(202);

        made.Id.ShouldStartWith("msg_");
        made.Text.ShouldContain("\"eventId\":\"e1\",\"eventType\":\"a.b\",\"payload\":{\"n\":1},\"channels\":[\"c\"]");
        (await host.Api.GetAsync($"/app/{app}/msg/{made.Id}")).Expect(200).Text.ShouldBe(made.Text);
        (await host.Api.GetAsync($"/app/{app}/msg/e1")).Expect(200).Text.ShouldBe(made.Text);
    }

    [Fact]
    public async Task Publish_OrderingKey_ComesBackAndQueuesAtOrderedEndpoints()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app, ",\"ordered\":true");

        var first = await host.MessageAsync(app, more: ",\"orderingKey\":\"customer-1\"");
        var second = (await host.Api.PostAsync(
            $"/app/{app}/msg", """{"eventType":"a","payload":{},"orderingKey":"customer-1"}""")).Expect(202);

        second["orderingKey"].ShouldBe("customer-1");
        (await host.Api.GetAsync($"/app/{app}/msg/{second.Id}")).Expect(200).Text.ShouldBe(second.Text);
        (await host.Api.GetAsync($"/app/{app}/msg/{first}/endpoint")).Expect(200).List("state").ShouldBe(["waiting"]);
        (await host.Api.GetAsync($"/app/{app}/msg/{second.Id}/endpoint")).Expect(200).List("state").ShouldBe(["queued"]);
    }

    [Theory]
    [InlineData("\"\""), InlineData("\"a b\""), InlineData("7")]
    public async Task Publish_FaultyOrderingKey_IsRefused(string key)
    {
        var app = await host.ApplicationAsync();

        (await host.Api.PostAsync($"/app/{app}/msg", $$"""{"eventType":"a","payload":{},"orderingKey":{{key}}}"""))
            .Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.orderingKey:");
    }

    [Theory]
    [InlineData("""{ "b" : 1.0e0 ,"a":"\u00e9/\/ é 😀",  "n":12345678901234567890.10, "nul":"\u0000" }""")]
    [InlineData("{\n\t\"x\": [ ] }")]
    public async Task Publish_OddlyWrittenPayload_IsKeptByteForByte(string payload)
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync($"/app/{app}/msg", $$"""{"data":{{payload}} ,"eventType":"a"}""")).Expect(202);

        made.Text.ShouldContain($"\"payload\":{payload},");
        (await host.Api.GetAsync($"/app/{app}/msg/{made.Id}")).Text.ShouldContain($"\"payload\":{payload},");
        IdText.TryParse<MessageId>(made.Id, out var id).ShouldBeTrue();
        var stored = await host.ReadAsync(db => db.MessagePayloads.SingleAsync(p => p.MessageId == id));
        stored.Body.ShouldBe(Encoding.UTF8.GetBytes(payload));
    }

    [Fact]
    public async Task Publish_WithoutContent_ShowsAnEmptyPayload()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync($"/app/{app}/msg?with_content=false", """{"eventType":"a","payload":{"secret":1}}""")).Expect(202);

        made.Text.ShouldContain("\"payload\":{},");
        (await host.Api.GetAsync($"/app/{app}/msg/{made.Id}?with_content=false")).Text.ShouldContain("\"payload\":{},");
        (await host.Api.GetAsync($"/app/{app}/msg?with_content=false")).Text.ShouldContain("\"payload\":{},");
        (await host.Api.GetAsync($"/app/{app}/msg")).Text.ShouldContain("\"payload\":{\"secret\":1},");
    }

    [Fact]
    public async Task Publish_EverythingWrong_TellsAllFaultsWithTheirPlaces()
    {
        var app = await host.ApplicationAsync();

        var answer = (await host.Api.PostAsync($"/app/{app}/msg", """
            {"eventType":"a b","payload":[1],"data":{},"eventId":"msg_1","channels":["a","b","c","d","e","f"],"payloadRetentionPeriod":4,
             "transformationsParams":{"rawPayload":7},"application":{"name":""}}
            """)).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(
            [
                "body.data", "body.transformationsParams.rawPayload", "body.eventType", "body.payload", "body.eventId", "body.channels",
                "body.payloadRetentionPeriod", "body.application.name",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_TakenEventId_IsConflictOnlyWithinItsApplication()
    {
        var (one, other) = (await host.ApplicationAsync(), await host.ApplicationAsync());
        await host.MessageAsync(one, more: ",\"eventId\":\"once\"");

        (await host.Api.PostAsync($"/app/{one}/msg", """{"eventType":"a","payload":{},"eventId":"once"}""")).Expect(409)["code"].ShouldBe("conflict");
        await host.MessageAsync(other, more: ",\"eventId\":\"once\"");
    }

    [Fact]
    public async Task Publish_ToNoApplication_IsNotFound() =>
        (await host.Api.PostAsync("/app/no-such/msg", """{"eventType":"a","payload":{}}""")).Expect(404)["code"].ShouldBe("not_found");

    [Fact]
    public async Task Publish_ApplicationOnTheFlyUnderAKeyOfAnotherRequest_LeavesNoApplicationBehind()
    {
        var app = await host.ApplicationAsync();
        (await host.Api.PostAsync($"/app/{app}/msg", """{"eventType":"a","payload":{}}""", "used-before")).Expect(202);

        var refused = await host.Api.PostAsync(
            "/app/left-behind/msg", """{"eventType":"a","payload":{},"application":{"name":"New","uid":"left-behind"}}""", "used-before");

        refused.Expect(409)["code"].ShouldBe("idempotency_key_reused");
        (await host.Api.GetAsync("/app/left-behind")).Expect(404);
    }

    [Fact]
    public async Task Publish_WithItsApplication_CreatesItOnTheFly()
    {
        const string Body = """{"eventType":"a","payload":{},"application":{"name":"New","uid":"on-the-fly"}}""";

        (await host.Api.PostAsync("/app/on-the-fly/msg", Body)).Expect(202);
        (await host.Api.PostAsync("/app/on-the-fly/msg", Body)).Expect(202);

        (await host.Api.GetAsync("/app/on-the-fly")).Expect(200)["name"].ShouldBe("New");
        (await host.Api.PostAsync("/app/another/msg", Body)).Expect(422).Text.ShouldContain("application_uid_mismatch");
        (await host.Api.PostAsync("/app/another/msg", Body.Replace(",\"uid\":\"on-the-fly\"", ""))).Expect(422).Text.ShouldContain("application_uid_missing");
    }

    [Fact]
    public async Task Publish_RepeatedWithItsKey_IsAcceptedOnceAndAnsweredTheSame()
    {
        var app = await host.ApplicationAsync();
        const string Body = """{"eventType":"a","payload":{"n":1}}""";

        var first = (await host.Api.PostAsync($"/app/{app}/msg", Body, "publish-1")).Expect(202);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = (await host.Api.PostAsync($"/app/{app}/msg", Body, "publish-1")).Expect(202);

        again.Text.ShouldBe(first.Text);
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").ShouldHaveSingleItem();
        (await host.Api.PostAsync($"/app/{app}/msg", """{"eventType":"a","payload":{"n":2}}""", "publish-1")).Expect(409)["code"]
            .ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task List_Filters_EachLeaveOutWhatDoesNotMatch()
    {
        var app = await host.ApplicationAsync();
        var old = await host.MessageAsync(app, "f.a", ",\"channels\":[\"one\",\"two\"]");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var between = Uri.EscapeDataString(host.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'"));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var young = await host.MessageAsync(app, "f.b");

        (await IdsAsync("")).ShouldBe([young, old]);
        (await IdsAsync($"before={between}")).ShouldBe([old]);
        (await IdsAsync($"after={between}")).ShouldBe([young]);
        (await IdsAsync($"after={between}&before={between}")).ShouldBeEmpty();
        (await IdsAsync("channel=two")).ShouldBe([old]);
        (await IdsAsync("channel=tw")).ShouldBeEmpty();
        (await IdsAsync("event_types=f.b,f.c")).ShouldBe([young]);
        (await IdsAsync("event_types=f.b&event_types=f.a")).ShouldBe([young, old]);

        async Task<IReadOnlyList<string>> IdsAsync(string query) => (await host.Api.GetAsync($"/app/{app}/msg?{query}")).Expect(200).List("id");
    }

    [Fact]
    public async Task List_PagesBothWays_MeetEachMessageOnce()
    {
        var app = await host.ApplicationAsync();
        for (var i = 0; i < 5; i++)
            await host.MessageAsync(app);
        var all = (await host.Api.GetAsync($"/app/{app}/msg")).List("id");

        var (pages, iterator) = (new List<string>(), "");
        while (true)
        {
            var page = (await host.Api.GetAsync($"/app/{app}/msg?limit=2{iterator}")).Expect(200);
            pages.AddRange(page.List("id"));
            if (page["done"] == "True")
                break;
            iterator = $"&iterator={page["iterator"]}";
        }

        var before = (await host.Api.GetAsync($"/app/{app}/msg?limit=10&iterator=-{all[3]}")).Expect(200);

        pages.ShouldBe(all);
        before.List("id").ShouldBe(all.Take(3));
        before["done"].ShouldBe("True");
    }

    [Fact]
    public async Task Get_PayloadGone_SaysExpired()
    {
        var app = await host.ApplicationAsync();
        var id = await host.MessageAsync(app, "gone.payload");
        IdText.TryParse<MessageId>(id, out var messageId).ShouldBeTrue();
        await host.WriteAsync(db => db.MessagePayloads.Remove(db.MessagePayloads.Single(p => p.MessageId == messageId)));

        (await host.Api.GetAsync($"/app/{app}/msg/{id}")).Text.ShouldContain("\"payload\":{\"expired\":true}");
    }

    [Fact]
    public async Task Get_OfAnotherApplication_IsNotFound()
    {
        var (one, other) = (await host.ApplicationAsync(), await host.ApplicationAsync());
        var id = await host.MessageAsync(one);

        (await host.Api.GetAsync($"/app/{other}/msg/{id}")).Expect(404);
        (await host.Api.GetAsync($"/app/{one}/msg/no-such")).Expect(404);
    }
}
