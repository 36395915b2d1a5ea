using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.DeadLetters;

public sealed class DeadLettersApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_Any_ShowsAllOfItNewestFirst()
    {
        var (app, endpoint) = await EndpointAsync();
        var (first, second) = (await host.DeadLetterAsync(app), await host.HeldLetterAsync(app));

        var list = (await host.Api.GetAsync($"/dead-letter?app_id={app}")).Expect(200);

        list.List("id").ShouldBe([second, first]);
        list.List("reason").ShouldBe(["heldUnknown", "rejected"]);
        var shown = list.Json.GetProperty("data")[1];
        shown.EnumerateObject().Select(field => field.Name).ShouldBe(
            [
                "id", "applicationId", "endpointId", "msgId", "eventType", "reason", "state", "createdAt", "incidentId", "decidedBy",
                "decidedAt", "note", "replayDeliveryId",
            ]);
        shown.GetProperty("applicationId").GetString().ShouldBe(app);
        shown.GetProperty("endpointId").GetString().ShouldBe(endpoint);
        shown.GetProperty("eventType").GetString().ShouldBe("invoice.paid");
        shown.GetProperty("state").GetString().ShouldBe("open");
        shown.GetProperty("createdAt").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("reason=notSent", "network")]
    [InlineData("reason=ours", "ours")]
    [InlineData("reason=heldUnknown", "held")]
    [InlineData("reason=rejected", "typed,replayed,discarded,acknowledged,incident")]
    [InlineData("state=open", "network,ours,held,typed,incident")]
    [InlineData("state=acknowledged", "acknowledged")]
    [InlineData("state=undecided", "network,ours,held,typed,acknowledged,incident")]
    [InlineData("state=replayed", "replayed")]
    [InlineData("state=discarded", "discarded")]
    [InlineData("event_types=a,b", "typed")]
    [InlineData("event_types=a&event_types=invoice.paid&state=discarded", "discarded")]
    [InlineData("incident_id=inc_00000000000000000000000007", "incident")]
    [InlineData("incident_id=inc_00000000000000000000000008", "")]
    [InlineData("endpoint_id=none", "")]
    [InlineData("endpoint_id=orders", "network,ours,held,typed,replayed,discarded,acknowledged,incident")]
    public async Task List_Filter_ShowsWhatFits(string query, string fitting)
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app, ",\"uid\":\"orders\"");
        var letters = new Dictionary<string, string>
        {
            ["network"] = await host.DeadLetterAsync(app, reason: DeadLetterReason.NotSent),
            ["ours"] = await host.DeadLetterAsync(app, reason: DeadLetterReason.Ours),
            ["held"] = await host.HeldLetterAsync(app),
            ["typed"] = await host.DeadLetterAsync(app, type: "a"),
            ["replayed"] = await host.DeadLetterAsync(app, l => l.State = DeadLetterState.Replayed),
            ["discarded"] = await host.DeadLetterAsync(app, l => l.State = DeadLetterState.Discarded),
            ["acknowledged"] = await host.DeadLetterAsync(app, l => l.State = DeadLetterState.Acknowledged),
            ["incident"] = await host.DeadLetterAsync(app, l => l.IncidentId = new IncidentId(7)),
        };

        foreach (var path in new[] { $"/dead-letter?app_id={app}&{query}", $"/app/{app}/dead-letter?{query}" })
        {
            var shown = (await host.Api.GetAsync(path)).Expect(200).List("id");

            shown.Select(id => letters.Single(l => l.Value == id).Key).ShouldBe(
                fitting.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true, path);
        }
    }

    [Fact]
    public async Task List_Range_LeavesOutBothEnds()
    {
        var (app, _) = await EndpointAsync();
        var letters = new List<string>();
        for (var minute = 0; minute < 3; minute++)
        {
            var at = new DateTimeOffset(2026, 1, 30, 12, minute, 0, TimeSpan.Zero);
            letters.Add(await host.DeadLetterAsync(app, at: at));
        }

        var shown = await host.Api.GetAsync($"/dead-letter?app_id={app}&after=2026-01-30T12:00:00Z&before=2026-01-30T12:02:00Z");

        shown.Expect(200).List("id").ShouldBe([letters[1]]);
    }

    [Fact]
    public async Task List_NoSuchApplication_IsEmpty()
    {
        (await host.Api.GetAsync("/dead-letter?app_id=nobody")).Expect(200).List("id").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("reason=broken", "query.reason: Must be one of: rejected, notSent, unknown, ours, payloadGone, heldUnknown, parked.")]
    [InlineData("state=gone", "query.state: Must be one of: undecided, open, acknowledged, replayed, discarded, arrived.")]
    [InlineData("incident_id=7", "query.incident_id: Must be an incident's id: 'inc_' and 26 characters.")]
    public async Task List_FaultyParameter_IsNamed(string query, string fault)
    {
        (await host.Api.GetAsync($"/dead-letter?{query}")).Expect(422).Faults.ShouldBe([fault]);
    }

    [Fact]
    public async Task Get_Any_ShowsWhatAPersonNeedsToDecide()
    {
        var (app, _) = await EndpointAsync();
        var eventId = $"evt-{Guid.NewGuid():N}";
        var letter = await host.DeadLetterOfAsync(await host.MessageAsync(app, more: $",\"eventId\":\"{eventId}\""));
        await host.AttemptOfAsync(letter, AttemptOutcome.NotSent, null, 1);
        await host.AttemptOfAsync(letter, AttemptOutcome.Rejected, 503, 2);

        foreach (var path in new[] { $"/dead-letter/{letter}", $"/app/{app}/dead-letter/{letter}" })
        {
            var shown = (await host.Api.GetAsync(path)).Expect(200);

            (shown.Id, shown["eventId"], shown["deliveryState"]).ShouldBe((letter, eventId, "dead"));
            (shown["payloadAvailable"], shown["mayBeDuplicate"]).ShouldBe(("True", "False"));
            var attempt = shown.Json.GetProperty("lastAttempt");
            attempt.GetProperty("id").GetString()!.ShouldStartWith("atmpt_");
            attempt.GetProperty("timestamp").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
            $"{attempt.GetProperty("number")} {attempt.GetProperty("outcome")} {attempt.GetProperty("responseStatusCode")}"
                .ShouldBe("2 rejected 503");
            $"{attempt.GetProperty("errorCode")}: {attempt.GetProperty("errorText")}".ShouldBe("http_status: The endpoint refused.");
        }
    }

    [Fact]
    public async Task Get_NothingWasTriedAndThePayloadIsGone_SaysSo()
    {
        var (app, _) = await EndpointAsync();
        var letter = await host.DeadLetterAsync(app, reason: DeadLetterReason.PayloadGone);
        await host.Api.DeleteAsync($"/app/{app}/msg/{await MessageOfAsync(letter)}/content");

        var shown = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200);

        (shown["reason"], shown["payloadAvailable"], shown["lastAttempt"]).ShouldBe(("payloadGone", "False", ""));
    }

    [Theory]
    [InlineData((int)AttemptOutcome.Unknown)]
    [InlineData((int)AttemptOutcome.Delivered)]
    public async Task Get_AnyAttemptMayHaveArrived_MayBeADuplicate(int outcome)
    {
        var (app, _) = await EndpointAsync();
        var letter = await host.DeadLetterAsync(app);
        await host.AttemptOfAsync(letter, (AttemptOutcome)outcome, null, 1);
        await host.AttemptOfAsync(letter, AttemptOutcome.Rejected, 503, 2);

        (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["mayBeDuplicate"].ShouldBe("True");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("dlv_00000000000000000000000001")]
    [InlineData("msg_00000000000000000000000001")]
    public async Task Any_NoSuchDeadLetter_IsNotFound(string id)
    {
        (await host.Api.GetAsync($"/dead-letter/{id}")).Expect(404);
        (await host.Api.PostAsync($"/dead-letter/{id}/replay")).Expect(404);
        (await host.Api.PostAsync($"/dead-letter/{id}/discard", """{"reason":"r"}""")).Expect(404);
    }

    [Fact]
    public async Task ListAndGet_ApplicationsOwnKey_SeesItsOwnOnly()
    {
        var ((app, _), (other, _)) = (await EndpointAsync(), await EndpointAsync());
        var (own, theirs) = (await host.DeadLetterAsync(app), await host.DeadLetterAsync(other));
        var portal = await host.KeyAsync("application", app);

        (await portal.GetAsync($"/app/{app}/dead-letter")).Expect(200).List("id").ShouldBe([own]);
        (await portal.GetAsync($"/app/{app}/dead-letter/{own}")).Expect(200);
        (await portal.GetAsync($"/app/{app}/dead-letter/{theirs}")).Expect(404);
        (await portal.GetAsync("/dead-letter")).Expect(403);
        (await portal.PostAsync($"/dead-letter/{own}/replay")).Expect(403);
    }

    private async Task<string> MessageOfAsync(string letter) => (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["msgId"];

    private async Task<(string App, string Endpoint)> EndpointAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app));
    }
}
