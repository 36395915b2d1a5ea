using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Audit;

public sealed class AuditLogListTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_Entry_ShowsWhoDidWhatAndWhen()
    {
        var app = await host.ApplicationAsync();

        var entry = (await host.Api.GetAsync("/audit-log?limit=1")).Expect(200).Json.GetProperty("data")[0];

        entry.EnumerateObject().Select(field => field.Name).ShouldBe(["id", "timestamp", "who", "operation", "target", "applicationId"]);
        entry.GetProperty("id").GetString()!.ShouldStartWith("audit_");
        entry.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        entry.GetProperty("applicationId").GetString().ShouldBe(app);
    }

    [Fact]
    public async Task List_PageByPage_LeadsThroughAllOfThemAndBack()
    {
        var app = await host.ApplicationAsync();
        foreach (var _ in Enumerable.Range(0, 4))
            await host.EndpointAsync(app);
        var all = (await host.Api.GetAsync($"/audit-log?app_id={app}")).Expect(200).List("id");

        var first = (await host.Api.GetAsync($"/audit-log?app_id={app}&limit=2")).Expect(200);
        var second = (await host.Api.GetAsync($"/audit-log?app_id={app}&limit=2&iterator={first["iterator"]}")).Expect(200);
        var third = (await host.Api.GetAsync($"/audit-log?app_id={app}&limit=2&iterator={second["iterator"]}")).Expect(200);
        var back = (await host.Api.GetAsync($"/audit-log?app_id={app}&limit=2&iterator={second["prevIterator"]}")).Expect(200);

        first.List("id").Concat(second.List("id")).Concat(third.List("id")).ShouldBe(all);
        all.Count.ShouldBe(5);
        back.List("id").ShouldBe(first.List("id"));
        (first["done"], third["done"]).ShouldBe(("False", "True"));
    }

    [Theory]
    [InlineData("operation=v1.endpoint.create", "later,endpoint")]
    [InlineData("operation=v1.application.create", "application")]
    [InlineData("operation=v1.none.such", "")]
    [InlineData("who=key_00000000000000000000000001", "later,endpoint,application")]
    [InlineData("who=Ada", "")]
    [InlineData("before=2026-02-01T12:00:00Z", "endpoint,application")]
    [InlineData("after=2026-02-01T12:00:00Z", "later")]
    public async Task List_Filter_ShowsWhatFits(string filter, string fitting)
    {
        await using var fresh = new ApiHost();
        await fresh.InitializeAsync();
        var app = await fresh.ApplicationAsync();
        await fresh.EndpointAsync(app);
        fresh.Clock.Advance(TimeSpan.FromDays(2));
        await fresh.EndpointAsync(app);
        await fresh.ApplicationAsync();
        string[] names = ["later", "endpoint", "application"];
        var all = (await fresh.Api.GetAsync($"/audit-log?app_id={app}")).Expect(200).List("id");

        var shown = (await fresh.Api.GetAsync($"/audit-log?app_id={app}&{filter}")).Expect(200).List("id");

        shown.Select(id => names[all.ToList().IndexOf(id)]).ShouldBe(fitting.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("app_id=nobody")]
    [InlineData("app_id=app_00000000000000000000000009")]
    public async Task List_NoSuchApplication_IsEmpty(string filter)
    {
        (await host.Api.GetAsync($"/audit-log?{filter}")).Expect(200).List("id").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Log_AnyOtherMethod_IsNotThere(string method)
    {
        (await host.Api.SendAsync(new HttpMethod(method), "/audit-log", "{}")).Status.ShouldBeOneOf(404, 405);
    }
}
