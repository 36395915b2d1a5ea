using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.BackgroundTasks;

public sealed class UsageApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Count_NamedApplications_AreCountedAndUnknownOnesTold()
    {
        var (one, two) = (await host.ApplicationAsync("usage-one"), await host.ApplicationAsync());
        await host.EndpointAsync(one);
        await host.MessageAsync(one);
        await host.MessageAsync(two);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var started = (await StartAsync($$""","appIds":["usage-one","{{two}}","nobody","{{one}}"]""")).Expect(202);
        await host.RunTaskAsync(started.Id);

        started.Json.EnumerateObject().Select(field => field.Name).ShouldBe(
            ["id", "status", "task", "updatedAt", "unresolvedAppIds"], ignoreOrder: true);
        (started["status"], started["task"], started["unresolvedAppIds"]).ShouldBe(("running", "application.stats", """["nobody"]"""));
        var shown = (await host.Api.GetAsync($"/background-task/{started.Id}")).Expect(200);
        (shown["status"], shown["applicationId"], shown["endpointId"]).ShouldBe(("finished", "", ""));
        shown["data"].ShouldBe(
            $$"""{"appStats":[{"appId":"{{one}}","appUid":"usage-one","messages":1,"messageDestinations":1},"""
            + $$"""{"appId":"{{two}}","appUid":null,"messages":1,"messageDestinations":0}]}""");
    }

    [Fact]
    public async Task Count_All_HasAnEntryForEachAndNoneForTheServiceItself()
    {
        var app = await host.ApplicationAsync();
        var started = (await StartAsync("")).Expect(202);
        started["unresolvedAppIds"].ShouldBe("[]");

        await host.RunTaskAsync(started.Id);

        var data = (await host.Api.GetAsync($"/background-task/{started.Id}")).Expect(200).Json.GetProperty("data");
        var counted = data.GetProperty("appStats");
        var listed = (await host.Api.GetAsync("/app?limit=250")).Expect(200).List("id");
        counted.EnumerateArray().Select(entry => entry.GetProperty("appId").GetString()).ShouldBe(listed);
        listed.ShouldContain(app);
    }

    [Theory]
    [InlineData("""{}""", "body.since: Is required.", "body.until: Is required.")]
    [InlineData("""{"since":"2026-01-02T00:00:00Z","until":"2026-01-02T00:00:00Z"}""", "body.since: Must be before 'until'.")]
    [InlineData(
        """{"since":"2025-10-01T00:00:00Z","until":"2026-01-01T00:00:01Z"}""",
        "body.since: Must not be more than 92 days before 'until'. Ask for parts of the time one after the other.")]
    [InlineData(
        """{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z","appIds":["nobody"]}""",
        "body.appIds: No application has any of these ids or uids.")]
    [InlineData(
        """{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z","appIds":[]}""",
        "body.appIds: Must have 1 to 1000 entries; null stands for no restriction.")]
    [InlineData(
        """{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z","appIds":["a b"]}""",
        "body.appIds.[0]: Must consist of letters a-z and A-Z, digits, and the characters - _ . only.")]
    public async Task Count_Faulty_IsRefusedAtTheField(string body, params string[] faults) =>
        (await host.Api.PostAsync("/stats/usage/app", body)).Expect(422).Faults.ShouldBe(faults);

    [Fact]
    public async Task Count_OperationalApplication_IsNoApplication() =>
        (await StartAsync(""","appIds":["app_00000000000000000000000001"]""")).Expect(422);

    [Fact]
    public async Task Count_ApplicationKey_IsForbidden()
    {
        var portal = await host.KeyAsync("application", await host.ApplicationAsync());

        (await portal.PostAsync("/stats/usage/app", """{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z"}""")).Expect(403);
    }

    private Task<ApiAnswer> StartAsync(string more) =>
        host.Api.PostAsync("/stats/usage/app", $$"""{"since":"2026-01-01T00:00:00Z","until":"2026-03-01T00:00:00Z"{{more}}}""");
}
