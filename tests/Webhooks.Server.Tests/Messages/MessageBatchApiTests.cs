using System.Text.Json;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Messages;

public sealed class MessageBatchApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Publish_Several_EachIsAcceptedInItsPlace()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app);

        var answer = (await BatchAsync(app,
            """{"eventType":"b.one","payload":{ "n": 1.0 },"eventId":"b1"}""",
            """{"eventType":"b.two","data":{"n":2},"channels":["c"]}""")).Expect(200);

        Statuses(answer).ShouldBe([202, 202]);
        answer.Text.ShouldContain("""eventId":"b1","eventType":"b.one","payload":{ "n": 1.0 },"channels":null,""");
        answer.List("error").ShouldBe(["", ""]);
        var first = Item(answer, 0).GetProperty("message");
        (await host.Api.GetAsync($"/app/{app}/msg/b1")).Expect(200).Text.ShouldBe(first.GetRawText());
        (await host.Api.GetAsync($"/app/{app}/msg")).List("eventType").ShouldBe(["b.two", "b.one"]);
        (await host.Api.GetAsync($"/app/{app}/msg/b1/endpoint")).List("state").ShouldBe(["waiting"]);
    }

    [Fact]
    public async Task Publish_SomeFaulty_SayItInTheirPlacesAndStopNoOther()
    {
        var app = await host.ApplicationAsync();
        await host.MessageAsync(app, more: ",\"eventId\":\"taken\"");

        var answer = (await BatchAsync(app,
            """{"eventType":"a","payload":{"n":0},"eventId":"new"}""",
            """{"eventType":"a b","payload":[]}""",
            """{"eventType":"a","payload":{},"eventId":"taken"}""",
            "7",
            """{"eventType":"a","payload":{},"eventId":"new"}""",
            """{"eventType":"a","payload":{},"application":{"name":"n","uid":"on-the-fly-b"}}""",
            """{"eventType":"a","payload":{"n":6}}""")).Expect(200);

        Statuses(answer).ShouldBe([202, 422, 409, 422, 409, 422, 202]);
        Faults(answer, 1).ShouldBe(["body.messages.[1].eventType", "body.messages.[1].payload"]);
        Faults(answer, 3).ShouldBe(["body.messages.[3]"]);
        Faults(answer, 5).ShouldBe(["body.messages.[5].application"]);
        Item(answer, 2).GetProperty("error").GetProperty("code").GetString().ShouldBe("conflict");
        Item(answer, 2).GetProperty("message").ValueKind.ShouldBe(JsonValueKind.Null);
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").Count.ShouldBe(3);
        (await host.Api.GetAsync("/app/on-the-fly-b")).Expect(404);
    }

    [Theory]
    [InlineData("{}", "body.messages: Is required.")]
    [InlineData("""{"messages":null}""", "body.messages: Must not be null.")]
    [InlineData("""{"messages":{}}""", "body.messages: Must be a list.")]
    [InlineData("""{"messages":[]}""", "body.messages: Must have 1 to 1,000 entries.")]
    [InlineData("[]", "body: Must be a JSON object.")]
    [InlineData("""{"messages":[{"eventType":"a","payload":{"a":1,"a":2}}]}""", "body: The body is not JSON as this service reads it")]
    public async Task Publish_FaultyEnvelope_IsRefusedWhole(string body, string fault)
    {
        var app = await host.ApplicationAsync();

        (await host.Api.PostAsync($"/app/{app}/msg/batch", body)).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith(fault);
    }

    [Fact]
    public async Task Publish_AThousand_IsTheMost()
    {
        var app = await host.ApplicationAsync();
        var thousand = Enumerable.Repeat("""{"eventType":"a","payload":{}}""", 1_000).ToArray();

        Statuses((await BatchAsync(app, thousand)).Expect(200)).ShouldBe(Enumerable.Repeat(202, 1_000));
        (await BatchAsync(app, [.. thousand, thousand[0]])).Expect(422);
    }

    [Theory]
    [InlineData("""{"eventType":"a","payload":{}}""")]
    [InlineData("7")]
    public async Task Publish_ToNoApplication_IsNotFound(string message)
    {
        (await BatchAsync("no-such", message)).Expect(404)["code"].ShouldBe("not_found");
        (await BatchAsync("app_00000000000000000000000001", message)).Expect(404);
    }

    [Fact]
    public async Task Publish_WithoutContent_ShowsEmptyPayloads()
    {
        var app = await host.ApplicationAsync();

        var answer = (await host.Api.PostAsync(
            $"/app/{app}/msg/batch?with_content=false", """{"messages":[{"eventType":"a","payload":{"secret":1}}]}""")).Expect(200);

        answer.Text.ShouldContain("\"payload\":{},");
    }

    [Fact]
    public async Task Publish_RepeatedWithItsKey_IsDoneOnceAndAnsweredTheSame()
    {
        var app = await host.ApplicationAsync();
        string[] messages =
        [
            """{"eventType":"a","payload":{"n":1},"eventId":"r1"}""", "7", """{"eventType":"a","payload":{"n":2},"eventId":"r1"}""",
            """{"eventType":"a","payload":{"n":3}}""",
        ];

        var first = (await KeyedAsync(app, "batch-1", messages)).Expect(200);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = (await KeyedAsync(app, "batch-1", messages)).Expect(200);

        Statuses(first).ShouldBe([202, 422, 409, 202]);
        again.Text.ShouldBe(first.Text);
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_RefusedTheFirstTimeAndFreeByNow_StaysRefusedUnderItsKey()
    {
        var app = await host.ApplicationAsync();
        var taken = await host.MessageAsync(app, more: ",\"eventId\":\"was-taken\"");
        string[] messages = ["""{"eventType":"a","payload":{}}""", """{"eventType":"a","payload":{},"eventId":"was-taken"}"""];
        Statuses((await KeyedAsync(app, "batch-stays", messages)).Expect(200)).ShouldBe([202, 409]);
        await host.WriteAsync(db => db.Messages.Remove(db.Messages.Single(m => m.EventId == "was-taken")));

        Statuses((await KeyedAsync(app, "batch-stays", messages)).Expect(200)).ShouldBe([202, 409]);
        Statuses((await KeyedAsync(app, "batch-anew", messages)).Expect(200)).ShouldBe([202, 202]);
        taken.ShouldNotBeNull();
    }

    [Fact]
    public async Task Publish_RepeatedAtOnce_IsDoneOnce()
    {
        var app = await host.ApplicationAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => KeyedAsync(
            app, "batch-at-once", """{"eventType":"a","payload":{"n":1}}""", """{"eventType":"a","payload":{"n":2}}""")));

        answers.Select(answer => answer.Expect(200).Text).Distinct().ShouldHaveSingleItem();
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_AnotherRequestUnderTheKey_IsConflictWhole()
    {
        var app = await host.ApplicationAsync();
        (await KeyedAsync(app, "batch-reused", "7", """{"eventType":"a","payload":{}}""")).Expect(200);

        const string Message = """{"eventType":"a","payload":{}}""";
        (await host.Api.PostAsync($"/app/{app}/msg", Message, "alone-first")).Expect(202);

        ApiAnswer[] others =
        [
            await KeyedAsync(app, "batch-reused", Message, "7"), await host.Api.PostAsync($"/app/{app}/msg", Message, "batch-reused"),
            await host.Api.PostAsync("/app", """{"name":"n"}""", "batch-reused"), await KeyedAsync(app, "alone-first", Message),
        ];

        others.ShouldAllBe(answer => answer.Status == 409 && answer["code"] == "idempotency_key_reused");
    }

    [Fact]
    public async Task Publish_Filtered_IsInTheBooks()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app, ""","filter":{"path":"$.n","eq":2}""");

        await BatchAsync(app, [.. Enumerable.Range(1, 3).Select(n => $$$"""{"eventType":"a","payload":{"n":{{{n}}}}}""")]);

        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg")).List("state").ShouldBe(["filtered", "waiting", "filtered"]);
    }

    private Task<ApiAnswer> BatchAsync(string app, params string[] messages) => host.Api.PostAsync($"/app/{app}/msg/batch", Body(messages));

    private static string Body(string[] messages) => $$"""{"messages":[{{string.Join(',', messages)}}]}""";

    private Task<ApiAnswer> KeyedAsync(string app, string key, params string[] messages) =>
        host.Api.PostAsync($"/app/{app}/msg/batch", Body(messages), key);

    private static JsonElement Item(ApiAnswer answer, int index) => answer.Json.GetProperty("data")[index];

    private static IEnumerable<int> Statuses(ApiAnswer answer) =>
        answer.Json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("status").GetInt32());

    private static IEnumerable<string> Faults(ApiAnswer answer, int index) =>
        Item(answer, index).GetProperty("error").GetProperty("detail").EnumerateArray()
            .Select(fault => string.Join('.', fault.GetProperty("loc").EnumerateArray().Select(part => part.GetString())));
}
