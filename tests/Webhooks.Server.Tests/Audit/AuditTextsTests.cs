using Webhooks.Server.Dashboard.AuditLog;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Audit;

/// <summary>Walks the API's own description, so that a new operation can't be forgotten.</summary>
public sealed class AuditTextsTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>They change nothing that people decide about, or are what the service is for.</summary>
    private static readonly HashSet<string> WithoutEntry =
    [
        "v1.message.create", "v1.message.create-batch", "v1.message.precheck", "v1.endpoint.test-filter", "v1.channel.test",
    ];

    [Fact]
    public async Task EveryOperation_ThatLeavesAnEntry_HasWords()
    {
        var document = (await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json;
        var changes = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Where(operation => operation.Name is "post" or "put" or "patch" or "delete")
            .Select(operation => operation.Value.GetProperty("operationId").GetString()!)
            .Where(operation => !WithoutEntry.Contains(operation))
            .ToList();

        changes.Count.ShouldBeGreaterThan(40);
        changes.Where(operation => AuditTexts.Of(operation) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/v1/app/app_1/endpoint/ep_2/secret/rotate", "/endpoints/ep_2")]
    [InlineData("/api/v1/app/shop/endpoint/orders", null)]
    [InlineData("/api/v1/app/app_1/endpoint/orders", "/applications/app_1")]
    [InlineData("/api/v1/dead-letter/dlv_3/replay", "/dead-letters/dlv_3")]
    [InlineData("/api/v1/incident/inc_4/resolve", "/incidents/inc_4")]
    [InlineData("/api/v1/background-task/qtask_5/cancel", "/tasks/qtask_5")]
    [InlineData("/api/v1/event-type/invoice.paid", "/event-types/invoice.paid")]
    [InlineData("/api/v1/channel/chan_6", "/settings/channels")]
    [InlineData("/api/v1/stats/usage/app", null)]
    public void Of_Target_IsThePageThatShowsIt(string target, string? page)
    {
        AuditPlaces.Of(target).ShouldBe(page);
    }
}
