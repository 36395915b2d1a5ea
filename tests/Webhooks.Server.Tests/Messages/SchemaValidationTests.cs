using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Messages;

/// <summary>Published payloads against the schemas of their event types, in each mode.</summary>
public sealed class SchemaValidationTests
{
    private const string Schemas = """
        {"1":{"required":["old"]},
         "2":{"type":"object","required":["id"],"properties":{"id":{"type":"string"},"l":{"items":{"type":"integer"}}}}}
        """;

    [Fact]
    public async Task Publish_Off_AcceptsAnything()
    {
        await using var host = await StartAsync(null);
        var app = await host.ApplicationAsync();

        (await PublishAsync(host, app, """{"id":7}""")).Expect(202).Text.ShouldContain("\"warnings\":null");
    }

    [Fact]
    public async Task Publish_Warn_AcceptsAndSaysWhatDoesNotFit()
    {
        await using var host = await StartAsync("Warn");
        var app = await host.ApplicationAsync();

        var answer = (await PublishAsync(host, app, """{"id":7,"l":[1,"two"]}""")).Expect(202);

        answer.Text.ShouldContain("""warnings":["payload.id: StringExpected","payload.l.[1]: IntegerExpected"]""");
        (await host.Api.GetAsync($"/app/{app}/msg/{answer.Id}")).Text.ShouldContain("\"warnings\":null");
        (await PublishAsync(host, app, """{"id":"x"}""")).Expect(202).Text.ShouldContain("\"warnings\":null");
        (await BatchAsync(host, app, """{"id":"x"}""", "{}")).Expect(200).Text
            .ShouldContain("""warnings":["payload.id: PropertyRequired"]""");
    }

    [Fact]
    public async Task Publish_Reject_RefusesAtEachPlace()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();

        (await PublishAsync(host, app, """{"id":7,"l":[1,"two"]}""")).Expect(422).Faults.ShouldBe(
        [
            "body.payload.id: Does not fit the schema of its event type: StringExpected.",
            "body.payload.l.[1]: Does not fit the schema of its event type: IntegerExpected.",
        ]);
        (await PublishAsync(host, app, """{"id":"x","l":[1.0]}""")).Expect(202).Text.ShouldContain("\"warnings\":null");
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Publish_RejectWithAnApplicationOnTheFly_CreatesNone()
    {
        await using var host = await StartAsync("Reject");

        (await host.Api.PostAsync(
            "/app/fly/msg", """{"eventType":"s.type","payload":{},"application":{"name":"n","uid":"fly"}}""")).Expect(422);

        (await host.Api.GetAsync("/app/fly")).Expect(404);
    }

    [Fact]
    public async Task Publish_RejectTypeUnknownOrWithoutASchema_AcceptsAnything()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();
        await host.EventTypeAsync("s.none");

        (await PublishAsync(host, app, "{}", "s.none")).Expect(202);
        (await PublishAsync(host, app, "{}", "s.unknown")).Expect(202);
    }

    [Fact]
    public async Task Publish_SchemaChangedBefore_Counts()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();
        (await PublishAsync(host, app, "{}")).Expect(422);

        (await host.Api.PatchAsync("/event-type/s.type", """{"schemas":{"2":{"required":["other"]}}}""")).Expect(200);
        (await PublishAsync(host, app, """{"other":1}""")).Expect(202);
        (await PublishAsync(host, app, """{"id":"x"}""")).Expect(422);
        (await host.Api.PatchAsync("/event-type/s.type", """{"schemas":null}""")).Expect(200);
        (await PublishAsync(host, app, "{}")).Expect(202);
    }

    [Fact]
    public async Task Publish_RejectWhatWasAcceptedUnderTheKeyBefore_GetsThatAnswer()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();
        var first = (await PublishAsync(host, app, """{"id":"x"}""", key: "k")).Expect(202);
        var batch = (await KeyedAsync(host, app, "k-batch", """{"id":"x"}""", "{}")).Expect(200);
        (await host.Api.PatchAsync("/event-type/s.type", """{"schemas":{"3":{"required":["more"]}}}""")).Expect(200);

        (await PublishAsync(host, app, """{"id":"x"}""", key: "k")).Expect(202).Text.ShouldBe(first.Text);
        var again = (await KeyedAsync(host, app, "k-batch", """{"id":"x"}""", "{}")).Expect(200);

        batch.List("status").ShouldBe(["202", "422"]);
        again.List("status").ShouldBe(["202", "422"]);
        again.List("message")[0].ShouldBe(batch.List("message")[0]);
        (await PublishAsync(host, app, """{"id":"x"}""", key: "other")).Expect(422);
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_RejectWhatWasAcceptedUnderAKeyThatIsForgotten_IsRefused()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();
        (await PublishAsync(host, app, """{"id":"x"}""", key: "k")).Expect(202);
        (await host.Api.PatchAsync("/event-type/s.type", """{"schemas":{"3":{"required":["more"]}}}""")).Expect(200);

        host.Clock.Advance(TimeSpan.FromHours(24));

        (await PublishAsync(host, app, """{"id":"x"}""", key: "k")).Expect(422);
    }

    [Fact]
    public async Task Publish_RejectInABatch_RefusesInItsPlace()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();

        var answer = (await BatchAsync(host, app, "7", "{}", """{"id":"x"}""", """{"id":"x","l":["y"]}""")).Expect(200);

        answer.List("status").ShouldBe(["422", "422", "202", "422"]);
        answer.List("error")[1].ShouldContain("""loc":["body","messages","[1]","payload","id"]""");
        answer.List("error")[3].ShouldContain("""loc":["body","messages","[3]","payload","l","[0]"]""");
    }

    [Fact]
    public async Task Publish_PayloadThatCannotBeChecked_IsNeverAFailure()
    {
        await using var host = await StartAsync("Reject");
        var app = await host.ApplicationAsync();

        (await PublishAsync(host, app, $$"""{"id":"x","n":{{new string('9', 10_000)}}}""")).Expect(422)
            .Faults.ShouldBe(["body.payload: Does not fit the schema of its event type: CannotBeChecked."]);
    }

    private static async Task<ApiHost> StartAsync(string? mode)
    {
        var host = new ApiHost { Settings = new Dictionary<string, string?> { ["Webhooks:Api:SchemaValidation"] = mode } };
        await host.InitializeAsync();
        (await host.Api.PutAsync("/event-type/s.type", $$"""{"description":"d","schemas":{{Schemas}}}""")).Expect(201);
        return host;
    }

    private static Task<ApiAnswer> PublishAsync(ApiHost host, string app, string payload, string type = "s.type", string? key = null) =>
        host.Api.PostAsync($"/app/{app}/msg", $$"""{"eventType":"{{type}}","payload":{{payload}}}""", key);

    private static Task<ApiAnswer> BatchAsync(ApiHost host, string app, params string[] payloads) => KeyedAsync(host, app, null, payloads);

    private static Task<ApiAnswer> KeyedAsync(ApiHost host, string app, string? key, params string[] payloads) => host.Api.PostAsync(
        $"/app/{app}/msg/batch",
        $$"""{"messages":[{{string.Join(',', payloads.Select(payload => $$"""{"eventType":"s.type","payload":{{payload}}}"""))}}]}""",
        key);
}
