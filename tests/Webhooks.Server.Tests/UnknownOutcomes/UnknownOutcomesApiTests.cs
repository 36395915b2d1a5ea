using Webhooks.Core.Deliveries;
using Webhooks.Server.Tests.DeadLetters;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.UnknownOutcomes;

public sealed class UnknownOutcomesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_Any_ShowsAllOfItNewestFirst()
    {
        var (app, endpoint) = await EndpointAsync();
        var (dead, held) = (await UnknownAsync(app, isHeld: false), await UnknownAsync(app, isHeld: true));

        foreach (var path in new[] { $"/unknown-outcome?app_id={app}", $"/app/{app}/unknown-outcome" })
        {
            var list = (await host.Api.GetAsync(path)).Expect(200);

            list.List("deliveryId").ShouldBe([held, dead]);
            list.List("followedBy").ShouldBe(["held", "dead"]);
            var shown = list.Json.GetProperty("data")[0];
            shown.EnumerateObject().Select(field => field.Name).ShouldBe(
                [
                    "id", "deliveryId", "applicationId", "endpointId", "msgId", "eventId", "eventType", "timestamp", "number", "errorCode",
                    "errorText", "unknownAttempts", "followedBy", "mayBeDuplicate", "state", "nextAttempt", "finishedAt", "decidedBy",
                    "decidedAt", "note", "replayDeliveryId",
                ]);
            (shown.GetProperty("applicationId").GetString(), shown.GetProperty("endpointId").GetString()).ShouldBe((app, endpoint));
            (shown.GetProperty("state").GetString(), shown.GetProperty("mayBeDuplicate").GetBoolean()).ShouldBe(("held", false));
        }
    }

    [Fact]
    public async Task List_Pages_GoOnByKey()
    {
        var (app, _) = await EndpointAsync();
        var (first, second) = (await UnknownAsync(app, isHeld: true), await UnknownAsync(app, isHeld: true));

        var page = (await host.Api.GetAsync($"/app/{app}/unknown-outcome?limit=1")).Expect(200);
        var next = (await host.Api.GetAsync($"/app/{app}/unknown-outcome?limit=1&iterator={page["iterator"]}")).Expect(200);

        (page.List("deliveryId").Single(), page["done"]).ShouldBe((second, "False"));
        (next.List("deliveryId").Single(), next["done"]).ShouldBe((first, "True"));
    }

    [Theory]
    [InlineData("", 2), InlineData("followed_by=held", 1), InlineData("followed_by=delivered", 0)]
    [InlineData("endpoint_id=orders", 2), InlineData("endpoint_id=none", 0)]
    [InlineData("event_types=invoice.paid", 2), InlineData("event_types=other", 0)]
    [InlineData("after=2026-01-01T00:00:00Z", 2), InlineData("before=2026-01-01T00:00:00Z", 0)]
    public async Task Count_Filter_CountsWhatTheListShows(string query, int total)
    {
        var (app, _) = await EndpointAsync(",\"uid\":\"orders\"");
        await UnknownAsync(app, isHeld: false);
        await UnknownAsync(app, isHeld: true);

        foreach (var path in new[] { "/unknown-outcome{0}?app_id=" + app + "&" + query, $"/app/{app}/unknown-outcome{{0}}?{query}" })
        {
            var count = (await host.Api.GetAsync(path.Replace("{0}", "/count", StringComparison.Ordinal))).Expect(200);
            var list = (await host.Api.GetAsync(path.Replace("{0}", "", StringComparison.Ordinal))).Expect(200);

            count["total"].ShouldBe($"{total}", path);
            list.List("id").Count.ShouldBe(total, path);
        }
    }

    [Fact]
    public async Task Arrived_BySomebody_IsSaidInTheList()
    {
        var (app, _) = await EndpointAsync();
        var letter = await UnknownAsync(app, isHeld: true);

        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", """{"note":"Found."}""")).Expect(200);

        var list = (await host.Api.GetAsync($"/app/{app}/unknown-outcome")).Expect(200);
        list.List("followedBy").ShouldBe(["arrived"]);
        list.List("decidedBy").ShouldBe(["key_00000000000000000000000001"]);
        list.List("note").ShouldBe(["Found."]);
        (await host.Api.GetAsync($"/app/{app}/unknown-outcome/count")).Expect(200)["arrived"].ShouldBe("1");
    }

    [Fact]
    public async Task List_OfNobody_IsEmptyForOperatorsAndNotFoundBelowAnApplication()
    {
        (await host.Api.GetAsync("/unknown-outcome?app_id=nobody")).Expect(200).List("id").ShouldBeEmpty();
        (await host.Api.GetAsync("/unknown-outcome/count?app_id=nobody")).Expect(200)["total"].ShouldBe("0");
        (await host.Api.GetAsync("/app/nobody/unknown-outcome")).Expect(404);
        (await host.Api.GetAsync("/app/nobody/unknown-outcome/count")).Expect(404);
    }

    [Theory]
    [InlineData("followed_by=nothing", "query.followed_by")]
    [InlineData("before=yesterday", "query.before")]
    [InlineData("iterator=dlv_x", "query.iterator")]
    public async Task List_Faulty_IsRefused(string query, string place) =>
        (await host.Api.GetAsync($"/unknown-outcome?{query}")).Expect(422).Faults.Single().ShouldStartWith(place);

    private async Task<(string App, string Endpoint)> EndpointAsync(string more = "")
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app, more));
    }

    private async Task<string> UnknownAsync(string app, bool isHeld)
    {
        var letter = isHeld ? await host.HeldLetterAsync(app) : await host.DeadLetterAsync(app);
        await host.AttemptOfAsync(letter, AttemptOutcome.Unknown, null);
        return letter;
    }
}
