using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Tests.Notifications;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Channels;

/// <summary>What goes over the wire to each HTTP channel, to the letter.</summary>
public sealed class HttpSenderTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly string Incident = Told.Incident().Id.ToString();

    private readonly ChannelHarness _channels = new();

    public void Dispose() => _channels.Dispose();

    [Fact]
    public async Task Slack_Incident_IsBlocks()
    {
        await using var slack = await HttpReceiver.StartAsync();

        var answer = await _channels.SendAsync(ChannelType.Slack, At(slack, "/services/T0/B0/x"), Told.Message(Told.Notice()));

        answer.IsTaken.ShouldBeTrue();
        slack.Single.Path.ShouldBe("/services/T0/B0/x");
        slack.Single.ShouldBeJson($$$$"""
            {"text":"Acme Corp. → api.example.com:8443: the subscriber refuses deliveries","unfurl_links":false,"unfurl_media":false,"blocks":[
              {"type":"header","text":{"type":"plain_text","emoji":false,"text":"Acme Corp. → api.example.com:8443: the subscriber refuses deliveries"}},
              {"type":"section","text":{"type":"plain_text","emoji":false,"text":"The endpoint answers and refuses deliveries."}},
              {"type":"section","fields":[
                {"type":"plain_text","emoji":false,"text":"Application\nAcme Corp. ({{{{new ApplicationId(2)}}}})"},
                {"type":"plain_text","emoji":false,"text":"Endpoint\napi.example.com:8443 ({{{{new Core.Endpoints.EndpointId(3)}}}}): Order system"},
                {"type":"plain_text","emoji":false,"text":"Open since\n2026-03-01 10:30 UTC (1 h 30 min ago)"},
                {"type":"plain_text","emoji":false,"text":"Failing since\n2026-03-01 09:00 UTC (3 h 0 min ago)"},
                {"type":"plain_text","emoji":false,"text":"Waiting\n1,234 deliveries"},
                {"type":"plain_text","emoji":false,"text":"Dead letters\n7 not decided about"},
                {"type":"plain_text","emoji":false,"text":"Last answer\n503, The endpoint answered 503. (2026-03-01 11:59 UTC)"},
                {"type":"plain_text","emoji":false,"text":"Incident\n{{{{Incident}}}}"}]},
              {"type":"context","elements":[{"type":"mrkdwn","verbatim":true,
                "text":"<https://webhooks.test/ack/t0ken?a=1&amp;b=2|Acknowledge>   <https://webhooks.test/incidents/{{{{Incident}}}}|Open the incident>"}]}]}
            """);
    }

    [Fact]
    public async Task Teams_Test_IsACardInAMessage()
    {
        await using var teams = await HttpReceiver.AnsweringAsync(202);

        (await _channels.SendAsync(ChannelType.Teams, At(teams, "/workflow"), Told.Test())).IsTaken.ShouldBeTrue();

        teams.Single.ShouldBeJson("""
            {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{
              "$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","body":[
                {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"Test of a Webhooks channel","weight":"bolder","size":"large"}]},
                {"type":"RichTextBlock","inlines":[{"type":"TextRun",
                  "text":"Somebody asked whether the channel “On-call” works. It does. There is nothing to do."}]}]}}]}
            """);
    }

    [Fact]
    public async Task PagerDuty_Escalated_TriggersUnderTheIncidentsId()
    {
        await using var pagerDuty = await HttpReceiver.AnsweringAsync(202);

        (await _channels.SendAsync(ChannelType.PagerDuty, Keyed(pagerDuty), Told.Message(Told.Notice()))).IsTaken.ShouldBeTrue();

        pagerDuty.Single.Path.ShouldBe("/v2/enqueue");
        pagerDuty.Single.ShouldBeJson($$$$"""
            {"routing_key":"r0utingKey","event_action":"trigger","dedup_key":"{{{{Incident}}}}",
             "client":"Webhooks","client_url":"https://webhooks.test/incidents/{{{{Incident}}}}",
             "links":[{"href":"https://webhooks.test/ack/t0ken?a=1&b=2","text":"Acknowledge"}],
             "payload":{"summary":"Acme Corp. → api.example.com:8443: the subscriber refuses deliveries","source":"Acme Corp. → api.example.com:8443",
               "severity":"error","timestamp":"2026-03-01T12:00:00.0000000Z","component":"Webhooks","class":"rejected","custom_details":{
                 "Summary":"The endpoint answers and refuses deliveries.",
                 "Application":"Acme Corp. ({{{{new ApplicationId(2)}}}})",
                 "Endpoint":"api.example.com:8443 ({{{{new Core.Endpoints.EndpointId(3)}}}}): Order system",
                 "Open since":"2026-03-01 10:30 UTC (1 h 30 min ago)","Failing since":"2026-03-01 09:00 UTC (3 h 0 min ago)",
                 "Waiting":"1,234 deliveries","Dead letters":"7 not decided about",
                 "Last answer":"503, The endpoint answered 503. (2026-03-01 11:59 UTC)","Incident":"{{{{Incident}}}}"}}}
            """);
    }

    [Theory]
    [InlineData(NotificationReason.Acknowledged, "acknowledge")]
    [InlineData(NotificationReason.Resolved, "resolve")]
    internal async Task PagerDuty_OverOrInHand_EndsTheSameAlert(NotificationReason reason, string action)
    {
        await using var pagerDuty = await HttpReceiver.AnsweringAsync(202);

        await _channels.SendAsync(ChannelType.PagerDuty, Keyed(pagerDuty), Told.Message(Told.Notice(reason: reason)));

        pagerDuty.Single.ShouldBeJson($$$$"""{"routing_key":"r0utingKey","event_action":"{{{{action}}}}","dedup_key":"{{{{Incident}}}}"}""");
    }

    [Fact]
    public async Task PagerDuty_Test_IsTriggeredAndResolved()
    {
        await using var pagerDuty = await HttpReceiver.AnsweringAsync(202);

        await _channels.SendAsync(ChannelType.PagerDuty, Keyed(pagerDuty), Told.Test());

        pagerDuty.Requests.Count.ShouldBe(2);
        pagerDuty.Requests.First().Body.ShouldContain("\"severity\":\"info\"");
        pagerDuty.Requests.Last().ShouldBeJson("""{"routing_key":"r0utingKey","event_action":"resolve","dedup_key":"ntf_2"}""");
    }

    [Fact]
    public async Task PagerDuty_Check_IsAChangeThatAlertsNobody()
    {
        await using var pagerDuty = await HttpReceiver.AnsweringAsync(202);

        (await _channels.CheckAsync(ChannelType.PagerDuty, Keyed(pagerDuty))).IsTaken.ShouldBeTrue();

        pagerDuty.Single.Path.ShouldBe("/v2/change/enqueue");
        pagerDuty.Single.ShouldBeJson("""
            {"routing_key":"r0utingKey","payload":{"summary":"Webhooks can reach you","source":"Webhooks","timestamp":"2026-03-01T12:00:00.0000000Z"}}
            """);
    }

    [Fact]
    public async Task Webhook_Incident_IsSignedAndHasTheFacts()
    {
        await using var receiver = await HttpReceiver.StartAsync();

        await _channels.SendAsync(ChannelType.Webhook, At(receiver, "/alerts") with { Secret = Secret }, Told.Message(Told.Notice(step: 2)));

        var told = receiver.Single;
        told.Headers["webhook-id"].ShouldBe("ntf_1");
        told.Headers["idempotency-key"].ShouldBe("ntf_1");
        Verify(told).ShouldBeTrue();
        told.ShouldBeJson($$$$"""
            {"type":"incident.escalated","timestamp":"2026-03-01T12:00:00.000000Z","data":{
              "title":"Still nobody: Acme Corp. → api.example.com:8443: the subscriber refuses deliveries","incidents":[{
                "id":"{{{{Incident}}}}","reason":"escalated","step":2,"kind":"rejected","state":"open",
                "summary":"The endpoint answers and refuses deliveries.","openedAt":"2026-03-01T10:30:00.000000Z",
                "occurredAt":"2026-03-01T12:00:00.000000Z","openings":1,"acknowledgedBy":null,"resolvedBy":null,
                "application":{"id":"{{{{new ApplicationId(2)}}}}","name":"Acme Corp."},
                "endpoint":{"id":"{{{{new Core.Endpoints.EndpointId(3)}}}}","host":"api.example.com:8443","description":"Order system",
                  "failingSince":"2026-03-01T09:00:00.000000Z","waiting":1234,"deadLetters":7,
                  "lastAnswer":{"at":"2026-03-01T11:59:00.000000Z","status":503,"error":"The endpoint answered 503."}},
                "channel":null,"url":"https://webhooks.test/incidents/{{{{Incident}}}}",
                "acknowledgeUrl":"https://webhooks.test/ack/t0ken?a=1&b=2"}]}}
            """);
    }

    [Fact]
    public async Task Webhook_Digest_HasEveryIncident()
    {
        await using var receiver = await HttpReceiver.StartAsync();

        await _channels.SendAsync(ChannelType.Webhook, At(receiver, "/") with { Secret = Secret }, Told.Digest(30));

        receiver.Single.Body.ShouldStartWith("{\"type\":\"incident.digest\"");
        for (var number = 1; number <= 30; number++)
            receiver.Single.Body.ShouldContain(new IncidentId((UInt128)number).ToString());
    }

    private bool Verify(HttpTold told)
    {
        SymmetricSecret.TryParse(Secret, out var secret, out _).ShouldBeTrue();
        return new WebhookVerifier([secret!], _channels.Clock).Verify(
            told.Headers["webhook-id"], told.Headers["webhook-timestamp"], told.Headers["webhook-signature"],
            System.Text.Encoding.UTF8.GetBytes(told.Body)) == VerificationResult.Valid;
    }

    private static ChannelSettings At(HttpReceiver receiver, string path) => new() { Url = receiver.Address + path };

    private static ChannelSettings Keyed(HttpReceiver receiver) => new() { Url = receiver.Address, RoutingKey = "r0utingKey" };
}
