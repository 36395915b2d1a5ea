using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.OperationalWebhooks;

public sealed class OperationalWebhooksApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/operational-webhook/endpoint";

    [Fact]
    public async Task Create_OnlyAUrl_GetsDefaultsALaneAndASecret()
    {
        var made = (await host.Api.PostAsync(Path, """{"url":"https://example.com/hook"}""")).Expect(201);

        made.Text.ShouldContain("\"uid\":null");
        made.Text.ShouldContain("\"eventTypes\":null,\"disabled\":false");
        (await host.Api.GetAsync($"{Path}/{made.Id}")).Expect(200).Text.ShouldBe(made.Text);
        (await host.Api.GetAsync($"{Path}/{made.Id}/secret")).Expect(200)["key"].ShouldStartWith("whsec_");
        IdText.TryParse<EndpointId>(made.Id, out var id).ShouldBeTrue();
        var lane = await host.ReadAsync(db => db.Lanes.SingleAsync(l => l.EndpointId == id));
        (lane.ApplicationId, lane.Held).ShouldBe((OperationalApplication.Id, false));
    }

    [Fact]
    public async Task Create_AllFields_ComeBack()
    {
        var made = (await host.Api.PostAsync(Path, """
            {"url":"https://example.com/a","description":"D","uid":"all","eventTypes":["endpoint.created","message.attempt.recovered"],
             "throttleRate":3,"metadata":{"k":"v"},"disabled":true,"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
             "headers":{"x-team":"ops","authorization":"Bearer x"}}
            """)).Expect(201);

        made.Text.ShouldContain("\"uid\":\"all\",\"url\":\"https://example.com/a\",\"description\":\"D\"");
        made.Text.ShouldContain("\"eventTypes\":[\"endpoint.created\",\"message.attempt.recovered\"]");
        made.Text.ShouldContain("\"disabled\":true,\"disabledReason\":null");
        made.Text.ShouldContain("\"throttleRate\":3,\"metadata\":{\"k\":\"v\"}");
        (await host.Api.GetAsync($"{Path}/all/secret")).Expect(200)["key"].ShouldBe("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        (await host.Api.GetAsync($"{Path}/all/headers")).Expect(200).Text
            .ShouldBe("""{"headers":{"x-team":"ops"},"sensitive":["authorization"]}""");
    }

    [Fact]
    public async Task Create_EverythingWrong_TellsAllFaultsWithTheirPlaces()
    {
        var answer = (await host.Api.PostAsync(Path, """
            {"url":"ftp://example.com","uid":"ep_x","eventTypes":["endpoint.created","invoice.paid"],"throttleRate":70000,
             "disabled":"no","metadata":[],"secret":"whsec_short","headers":{"host":"x"}}
            """)).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(
            [
                "body.url", "body.uid", "body.disabled", "body.eventTypes", "body.throttleRate", "body.metadata", "body.secret",
                "body.headers.host",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("POST", ""), InlineData("PUT", "/types")]
    public async Task Write_UnknownEventTypes_NamesThemAndThoseThereAre(string method, string slot)
    {
        await host.EventTypeAsync($"mine.{method}");

        var answer = await host.Api.SendAsync(
            new HttpMethod(method), Path + slot,
            $$"""{"url":"https://example.com","eventTypes":["mine.{{method}}","endpoint.deleted","no.such"]}""");

        answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldBe(
            $"body.eventTypes: These are no operational event types: mine.{method}, no.such. "
            + "There are: endpoint.created, endpoint.updated, endpoint.deleted, endpoint.disabled, "
            + "message.attempt.failing, message.attempt.exhausted, message.attempt.recovered.");
    }

    [Fact]
    public async Task Create_RepeatedWithItsKey_IsOne()
    {
        const string Body = """{"url":"https://example.com/once"}""";

        var first = (await host.Api.PostAsync(Path, Body, "op-once")).Expect(201);
        var second = (await host.Api.PostAsync(Path, Body, "op-once")).Expect(201);

        second.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Create_TakenUid_IsConflict()
    {
        (await host.Api.PostAsync(Path, """{"url":"https://example.com","uid":"same"}""")).Expect(201);

        (await host.Api.PostAsync(Path, """{"url":"https://example.com","uid":"same"}""")).Expect(409)["code"].ShouldBe("conflict");
        await host.EndpointAsync(await host.ApplicationAsync(), ",\"uid\":\"same\"");
    }

    [Fact]
    public async Task Replace_Uid_CreatesItOnceAndThenReplaces()
    {
        var made = (await host.Api.PutAsync($"{Path}/by-put", """{"url":"https://example.com/a","description":"old"}""")).Expect(201);
        var replaced = (await host.Api.PutAsync($"{Path}/by-put", """{"url":"https://example.com/b","disabled":true}""")).Expect(200);

        (replaced.Id, replaced["uid"], replaced["url"], replaced["description"]).ShouldBe((made.Id, "by-put", "https://example.com/b", ""));
        (await host.Api.GetAsync($"{Path}/by-put")).Expect(200)["disabled"].ShouldBe("True");
        (await host.Api.PutAsync($"{Path}/ep_00000000000000000000000000", """{"url":"https://example.com"}""")).Expect(404);
    }

    [Fact]
    public async Task Delete_Webhook_FreesTheUid()
    {
        var made = (await host.Api.PostAsync(Path, """{"url":"https://example.com","uid":"freed"}""")).Expect(201);

        (await host.Api.DeleteAsync($"{Path}/freed")).Expect(204).Text.ShouldBeEmpty();

        foreach (var path in new[] { "", "/secret", "/headers" })
            (await host.Api.GetAsync($"{Path}/{made.Id}{path}")).Expect(404);
        (await host.Api.DeleteAsync($"{Path}/{made.Id}")).Expect(404);
        (await host.Api.PostAsync(Path, """{"url":"https://example.com","uid":"freed"}""")).Expect(201);
    }

    [Fact]
    public async Task List_NewestFirst_PagesAndShowsNoOthers()
    {
        await host.EndpointAsync(await host.ApplicationAsync());
        for (var i = 0; i < 3; i++)
            (await host.Api.PostAsync(Path, """{"url":"https://example.com"}""")).Expect(201);

        var all = (await host.Api.GetAsync($"{Path}?limit=250")).Expect(200);
        var page = (await host.Api.GetAsync($"{Path}?limit=2&iterator={all.List("id")[0]}")).Expect(200);
        var oldest = (await host.Api.GetAsync($"{Path}?limit=1&order=ascending")).Expect(200);

        all.List("id").ShouldBe(all.List("id").OrderDescending(StringComparer.Ordinal));
        page.List("id").ShouldBe(all.List("id").Skip(1).Take(2));
        oldest.List("id").ShouldBe([all.List("id")[^1]]);
        var stored = await host.ReadAsync(db => db.Endpoints.Live(OperationalApplication.Id).CountAsync());
        all.List("id").Count.ShouldBe(stored);
    }

    [Fact]
    public async Task Headers_Replaced_ComeBackWithCredentialsByNameOnly()
    {
        var path = $"{Path}/{await CreateAsync()}/headers";

        (await host.Api.PutAsync(path, """{"headers":{"X-Api-Key":"k","x-tenant":"t"}}""")).Expect(204);

        (await host.Api.GetAsync(path)).Expect(200).Text.ShouldBe("""{"headers":{"x-tenant":"t"},"sensitive":["x-api-key"]}""");
        (await host.Api.PutAsync(path, """{"headers":{"webhook-id":"mine"}}""")).Expect(422);
        (await host.Api.PutAsync($"{Path}/none/headers", """{"headers":{}}""")).Expect(404);
    }

    [Fact]
    public async Task Secret_Rotated_IsAnother()
    {
        var path = $"{Path}/{await CreateAsync()}/secret";
        var old = (await host.Api.GetAsync(path)).Expect(200)["key"];

        (await host.Api.PostAsync($"{path}/rotate", "{}")).Expect(204).Text.ShouldBeEmpty();

        (await host.Api.GetAsync(path)).Expect(200)["key"].ShouldNotBe(old);
        (await host.Api.PostAsync($"{Path}/none/secret/rotate", "{}")).Expect(404);
    }

    [Theory]
    [InlineData("publish", false), InlineData("application", true)]
    public async Task AnyOperation_WithALesserKey_IsForbidden(string scope, bool ofAnApplication)
    {
        var key = await host.KeyAsync(scope, ofAnApplication ? await host.ApplicationAsync() : null);

        (await key.GetAsync(Path)).Expect(403);
        (await key.PostAsync(Path, """{"url":"https://example.com"}""")).Expect(403);
    }

    [Fact]
    public async Task Get_OrdinaryEndpoint_IsNotFound()
    {
        var endpoint = await host.EndpointAsync(await host.ApplicationAsync());

        foreach (var path in new[] { "", "/secret", "/headers" })
            (await host.Api.GetAsync($"{Path}/{endpoint}{path}")).Expect(404);
        (await host.Api.DeleteAsync($"{Path}/{endpoint}")).Expect(404);
    }

    private async Task<string> CreateAsync() => (await host.Api.PostAsync(Path, """{"url":"https://example.com"}""")).Expect(201).Id;
}
