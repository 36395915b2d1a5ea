using Webhooks.Core.Audit;
using Webhooks.Server.Tests.DeadLetters;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Audit;

/// <summary>What is done over the API is in the audit log, once, and nothing else is.</summary>
public sealed class AuditLogTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Bootstrap = "key_00000000000000000000000001";

    [Fact]
    public async Task Writes_OfAnEndpointsLife_EachLeaveAnEntryThatNamesWhatWasDoneToWhat()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var path = $"/app/{app}/endpoint/{endpoint}";

        (await host.Api.PutAsync(path, """{"url":"https://example.com/other"}""")).Expect(200);
        (await host.Api.PatchAsync(path, """{"description":"d"}""")).Expect(200);
        (await host.Api.PostAsync($"{path}/pause", "{}")).Expect(200);
        (await host.Api.PostAsync($"{path}/resume", "{}")).Expect(200);
        (await host.Api.PostAsync($"{path}/secret/rotate", "{}")).Expect(204);
        (await host.Api.PutAsync($"{path}/headers", """{"headers":{"X-A":"b"}}""")).Expect(204);
        (await host.Api.PostAsync($"{path}/recover", """{"since":"2026-01-31T00:00:00Z"}""")).Expect(202);
        (await host.Api.DeleteAsync(path)).Expect(204);

        (await EntriesAsync(app)).ShouldBe(
            [
                ("v1.application.create", $"/api/v1/app/{app}"),
                ("v1.endpoint.create", $"/api/v1/app/{app}/endpoint/{endpoint}"),
                ("v1.endpoint.update", $"/api/v1{path}"),
                ("v1.endpoint.patch", $"/api/v1{path}"),
                ("v1.endpoint.pause", $"/api/v1{path}/pause"),
                ("v1.endpoint.resume", $"/api/v1{path}/resume"),
                ("v1.endpoint.rotate-secret", $"/api/v1{path}/secret/rotate"),
                ("v1.endpoint.update-headers", $"/api/v1{path}/headers"),
                ("v1.endpoint.recover", $"/api/v1{path}/recover"),
                ("v1.endpoint.delete", $"/api/v1{path}"),
            ]);
    }

    [Fact]
    public async Task Writes_WithoutAnApplication_AreThereToo()
    {
        var key = (await host.Api.PostAsync("/api-key", """{"name":"k","scope":"full"}""")).Expect(201);
        var type = $"audit.{key.Id}";
        await host.EventTypeAsync(type);
        (await host.As(key["key"]).DeleteAsync($"/event-type/{type}")).Expect(204);
        (await host.Api.DeleteAsync($"/api-key/{key.Id}")).Expect(204);

        var entries = (await host.Api.GetAsync("/audit-log?limit=4")).Expect(200);

        entries.List("operation").ShouldBe(["v1.api-key.revoke", "v1.event-type.delete", "v1.event-type.create", "v1.api-key.create"]);
        entries.List("target").ShouldBe(
            [$"/api/v1/api-key/{key.Id}", $"/api/v1/event-type/{type}", $"/api/v1/event-type/{type}", $"/api/v1/api-key/{key.Id}"]);
        entries.List("who").ShouldBe([Bootstrap, key.Id, Bootstrap, Bootstrap]);
        entries.List("applicationId").ShouldAllBe(application => application == "");
    }

    [Fact]
    public async Task Decisions_AboutDeadLettersAndIncidents_NameTheApplication()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var letter = await host.DeadLetterAsync(app);
        var incident = await host.IncidentAsync(app, endpoint);

        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", """{"reason":"booked by hand"}""")).Expect(200);
        (await host.Api.PostAsync($"/incident/{incident}/acknowledge", "{}")).Expect(200);

        (await EntriesAsync(app)).TakeLast(2).ShouldBe(
            [
                ("v1.dead-letter.discard", $"/api/v1/dead-letter/{letter}/discard"),
                ("v1.incident.acknowledge", $"/api/v1/incident/{incident}/acknowledge"),
            ]);
    }

    [Fact]
    public async Task Writes_ByUid_NameTheApplicationWhenItIsMadeAndWhenItIsDeleted()
    {
        var uid = "audit-by-uid";
        (await host.Api.PutAsync($"/app/{uid}", $$"""{"name":"a","uid":"{{uid}}"}""")).Expect(201);
        var app = (await host.Api.GetAsync($"/app/{uid}")).Expect(200).Id;

        (await host.Api.DeleteAsync($"/app/{uid}")).Expect(204);

        (await EntriesAsync(app)).Select(entry => entry.Operation).ShouldBe(["v1.application.update", "v1.application.delete"]);
    }

    [Fact]
    public async Task Writes_Refused_LeaveNone()
    {
        var app = await host.ApplicationAsync();
        var letter = await LetterAsync(app);
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", """{"reason":"no"}""")).Expect(200);
        var before = await CountAsync();

        (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"ftp://example.com"}""")).Expect(422);
        (await host.Api.DeleteAsync($"/app/{app}/endpoint/none")).Expect(404);
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", """{"reason":"again"}""")).Expect(409);
        (await host.As(null).DeleteAsync($"/app/{app}")).Expect(401);
        (await (await host.KeyAsync("publish")).DeleteAsync($"/app/{app}")).Expect(403);

        (await CountAsync()).ShouldBe(before + 1, "only the key that was made for this test is new");
    }

    [Fact]
    public async Task Writes_RepeatedWithTheirIdempotencyKey_LeaveOne()
    {
        var app = await host.ApplicationAsync();
        var first = (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com"}""", "audit-once")).Expect(201);

        var second = (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com"}""", "audit-once")).Expect(201);

        second.Id.ShouldBe(first.Id);
        (await EntriesAsync(app)).Count(entry => entry.Operation == "v1.endpoint.create").ShouldBe(1);
    }

    [Fact]
    public async Task Reads_OfASecret_LeaveAnEntryAndOthersNone()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var before = await CountAsync();

        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}")).Expect(200);
        (await host.Api.GetAsync($"/app/{app}/endpoint/none/secret")).Expect(404);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/secret")).Expect(200);

        (await CountAsync()).ShouldBe(before + 1);
        (await EntriesAsync(app))[^1].ShouldBe(("v1.endpoint.get-secret", $"/api/v1/app/{app}/endpoint/{endpoint}/secret"));
    }

    [Fact]
    public async Task Writes_WithAPortalsToken_NameItAndItsApplication()
    {
        var app = await host.ApplicationAsync(uid: "audit-portal");
        var token = (await host.Api.PostAsync($"/auth/app-portal-access/{app}", "{}")).Expect(200)["token"];

        (await host.As(token).PostAsync("/app/audit-portal/endpoint", """{"url":"https://example.com"}""")).Expect(201);

        var newest = (await host.Api.GetAsync("/audit-log?app_id=audit-portal&limit=1")).Expect(200);
        newest.List("operation").ShouldBe(["v1.endpoint.create"]);
        newest.List("applicationId").ShouldBe([app]);
        newest.List("who").Single().ShouldStartWith("key_");
        newest.List("who").ShouldNotBe([Bootstrap]);
    }

    [Fact]
    public async Task Log_WithLessThanFullAccess_IsForbidden()
    {
        var app = await host.ApplicationAsync();

        (await (await host.KeyAsync("application", app)).GetAsync("/audit-log")).Expect(403);
        (await (await host.KeyAsync("publish")).GetAsync("/audit-log")).Expect(403);
    }

    private async Task<string> LetterAsync(string app)
    {
        await host.EndpointAsync(app);
        return await host.DeadLetterAsync(app);
    }

    private Task<int> CountAsync() => host.ReadAsync(db => Task.FromResult(db.Set<AuditEntry>().Count()));

    /// <summary>What was done in the application, oldest first.</summary>
    private async Task<List<(string Operation, string Target)>> EntriesAsync(string app)
    {
        var entries = (await host.Api.GetAsync($"/audit-log?app_id={app}")).Expect(200);
        return [.. entries.List("operation").Zip(entries.List("target")).Reverse()];
    }
}
