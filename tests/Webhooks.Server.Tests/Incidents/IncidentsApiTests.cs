using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Incidents;

public sealed class IncidentsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Get_OfAnEndpoint_ShowsWhatWaitsAndWhatFailedLast()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var message = await host.MessageAsync(app);
        var attempt = await host.AttemptAsync(message, endpoint);
        var incident = await host.IncidentAsync(app, endpoint, IncidentKind.Rejected);
        await LettersAsync(
            app, endpoint, incident, DeadLetterState.Open, DeadLetterState.Open, DeadLetterState.Acknowledged, DeadLetterState.Replayed);

        var shown = (await host.Api.GetAsync($"/incident/{incident}")).Expect(200);

        (shown["kind"], shown["state"], shown["applicationId"], shown["endpointId"]).ShouldBe(("rejected", "open", app, endpoint));
        (shown["openings"], shown["version"], shown["waiting"]).ShouldBe(("1", "1", "1"));
        shown["deadLetters"].ShouldBe("""{"open":2,"acknowledged":1}""");
        shown.Json.GetProperty("lastAttempt").GetProperty("id").GetString().ShouldBe(attempt);
        shown.Json.GetProperty("lastAttempt").GetProperty("outcome").GetString().ShouldBe("rejected");
    }

    [Fact]
    public async Task Get_OfTheServiceItself_HasNoEndpoint()
    {
        Incident? incident = null;
        await host.AtDeskAsync(async desk =>
            incident = await desk.ReportAsync(IncidentReport.OfService(IncidentKind.Backlog, "Too slow."), CancellationToken.None));

        var shown = (await host.Api.GetAsync($"/incident/{incident!.Id}")).Expect(200);

        (shown["kind"], shown["endpointId"], shown["waiting"], shown["lastAttempt"]).ShouldBe(("backlog", "", "0", ""));
    }

    [Fact]
    public async Task List_ByEveryFilter_FindsWhatItNames()
    {
        var app = await host.ApplicationAsync("incidents-app");
        var endpoint = await host.EndpointAsync(app, ",\"uid\":\"incidents-endpoint\"");
        var (failing, held) = (await host.IncidentAsync(app, endpoint), await host.IncidentAsync(app, endpoint, IncidentKind.Held));
        (await host.Api.PostAsync($"/incident/{held}/acknowledge", "{}")).Expect(200);
        (await host.Api.PostAsync($"/incident/{held}/assign", """{"assignee":"Grace Hopper"}""")).Expect(200);

        (await ListAsync($"app_id={app}")).ShouldBe([held, failing]);
        (await ListAsync("app_id=incidents-app&kind=failing")).ShouldBe([failing]);
        (await ListAsync("endpoint_id=incidents-endpoint&state=acknowledged")).ShouldBe([held]);
        (await ListAsync($"endpoint_id={endpoint}&state=open")).ShouldBe([failing]);
        (await ListAsync($"app_id={app}&state=unresolved")).ShouldBe([held, failing]);
        (await ListAsync($"app_id={app}&state=resolved")).ShouldBeEmpty();
        (await ListAsync("assignee=Grace%20Hopper")).ShouldBe([held]);
        (await ListAsync($"app_id={app}&after=2026-01-30T00:00:00Z&before=2027-01-01T00:00:00Z")).ShouldBe([held, failing]);
        (await ListAsync($"app_id={app}&before=2026-01-30T00:00:00Z")).ShouldBeEmpty();
        (await host.Api.GetAsync("/incident?state=x&kind=y")).Expect(422).Faults.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Life_OfAnIncident_IsToldByItsTimeline()
    {
        var incident = await IncidentAsync();
        var key = (await host.Api.PostAsync("/api-key", """{"name":"operator","scope":"full"}""")).Expect(201);
        var operatorsOwn = host.As(key["key"]);

        (await host.Api.PostAsync($"/incident/{incident}/snooze", """{"until":"2026-01-31T18:00:00Z","by":"Ada"}""")).Expect(200)
            ["snoozedUntil"].ShouldStartWith("2026-01-31T18:00");
        (await host.Api.PostAsync($"/incident/{incident}/assign", """{"assignee":"Grace","by":"Ada"}""")).Expect(200)
            ["assignee"].ShouldBe("Grace");
        (await operatorsOwn.PostAsync($"/incident/{incident}/acknowledge", "{}")).Expect(200)["acknowledgedBy"].ShouldBe(key.Id);
        (await host.Api.PostAsync($"/incident/{incident}/comment", """{"text":"Their firewall.","by":"Grace"}""")).Expect(200);
        var over = await host.Api.PostAsync($"/incident/{incident}/resolve", """{"comment":"They opened it.","by":"Grace"}""");

        over.Expect(200);
        (over["state"], over["resolvedBy"], over["version"]).ShouldBe(("resolved", "Grace", "6"));
        var timeline = (await host.Api.GetAsync($"/incident/{incident}/timeline")).Expect(200);
        timeline.List("type").ShouldBe(["opened", "snoozed", "assigned", "acknowledged", "commented", "resolved"]);
        timeline.List("actor").ShouldBe(["", "Ada", "Ada", key.Id, "Grace", "Grace"]);
        timeline.List("text").TakeLast(2).ShouldBe(["Their firewall.", "They opened it."]);
        var last = await host.Api.GetAsync($"/incident/{incident}/timeline?order=descending&limit=1");
        last.Expect(200).List("type").ShouldBe(["resolved"]);
    }

    [Fact]
    public async Task Act_OnWhatHasChangedSince_IsAConflictAndNothingIsDone()
    {
        var incident = await IncidentAsync();
        (await host.Api.PostAsync($"/incident/{incident}/acknowledge", """{"by":"Ada","version":1}""")).Expect(200);

        var late = (await host.Api.PostAsync($"/incident/{incident}/resolve", """{"by":"Grace","version":1}""")).Expect(409);

        late["detail"].ShouldContain("its version is 2, not 1");
        (await host.Api.GetAsync($"/incident/{incident}")).Expect(200)["state"].ShouldBe("acknowledged");
    }

    [Theory]
    [InlineData("acknowledge", "{}")]
    [InlineData("assign", """{"assignee":"Grace"}""")]
    [InlineData("snooze", """{"until":"2026-02-01T00:00:00Z"}""")]
    [InlineData("resolve", "{}")]
    public async Task Act_OnWhatIsOver_IsAConflict(string action, string body)
    {
        var incident = await IncidentAsync();
        (await host.Api.PostAsync($"/incident/{incident}/resolve", "{}")).Expect(200);

        (await host.Api.PostAsync($"/incident/{incident}/{action}", body)).Expect(409)["detail"].ShouldContain("resolved already");
    }

    [Theory]
    [InlineData("comment", """{"text":" "}""", "body.text")]
    [InlineData("resolve", """{"comment":"\n"}""", "body.comment")]
    [InlineData("assign", """{"assignee":"\u200b"}""", "body.assignee")]
    [InlineData("acknowledge", """{"by":"  "}""", "body.by")]
    public async Task Act_InWordsThatNobodySees_NamesTheField(string action, string body, string field)
    {
        var incident = await IncidentAsync();

        (await host.Api.PostAsync($"/incident/{incident}/{action}", body)).Expect(422).Faults
            .ShouldBe([$"{field}: Must have a visible character."]);
    }

    [Theory]
    [InlineData("2026-01-31T11:59:59Z")]
    [InlineData("2026-03-03T00:00:00Z")]
    public async Task Snooze_UntilATimeThatIsOverOrFar_NamesTheRule(string until)
    {
        var incident = await IncidentAsync();

        (await host.Api.PostAsync($"/incident/{incident}/snooze", $$"""{"until":"{{until}}"}""")).Expect(422).Faults
            .ShouldBe(["body.until: Must be a time to come, 30 days from now at most."]);
    }

    [Fact]
    public async Task Acknowledge_SentTwiceWithOneKey_HappensOnce()
    {
        var incident = await IncidentAsync();
        var key = Guid.NewGuid().ToString();

        var first = (await host.Api.PostAsync($"/incident/{incident}/acknowledge", "{}", key)).Expect(200);
        var second = (await host.Api.PostAsync($"/incident/{incident}/acknowledge", "{}", key)).Expect(200);

        second.Text.ShouldBe(first.Text);
        (await host.Api.GetAsync($"/incident/{incident}/timeline")).Expect(200).List("type").ShouldBe(["opened", "acknowledged"]);
    }

    [Fact]
    public async Task Incident_Unknown_IsNotFound()
    {
        foreach (var id in new[] { "none", new IncidentId(1).ToString() })
        {
            (await host.Api.GetAsync($"/incident/{id}")).Expect(404);
            (await host.Api.GetAsync($"/incident/{id}/timeline")).Expect(404);
            (await host.Api.PostAsync($"/incident/{id}/acknowledge", "{}")).Expect(404);
        }
    }

    private async Task<IReadOnlyList<string>> ListAsync(string query) =>
        (await host.Api.GetAsync($"/incident?{query}")).Expect(200).List("id");

    private async Task<string> IncidentAsync()
    {
        var app = await host.ApplicationAsync();
        return await host.IncidentAsync(app, await host.EndpointAsync(app));
    }

    private Task LettersAsync(string app, string endpoint, string incident, params DeadLetterState[] states)
    {
        IdText.TryParse<Core.Applications.ApplicationId>(app, out var application).ShouldBeTrue();
        IdText.TryParse<EndpointId>(endpoint, out var endpointId).ShouldBeTrue();
        IdText.TryParse<IncidentId>(incident, out var incidentId).ShouldBeTrue();
        return host.WriteAsync(db => db.DeadLetters.AddRange(states.Select(state => new DeadLetter
        {
            DeliveryId = host.Ids.New<DeliveryId>(), ApplicationId = application, EndpointId = endpointId,
            MessageId = host.Ids.New<MessageId>(), EventType = "invoice.paid", DeadReason = DeadLetterReason.Rejected, State = state,
            CreatedAt = host.Clock.GetUtcNow(), IncidentId = incidentId,
        })));
    }
}
