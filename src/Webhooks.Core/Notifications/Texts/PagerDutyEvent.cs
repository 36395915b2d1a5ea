using System.Text.Json;
using System.Text.Json.Nodes;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>
/// Events of PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/send-alert-event). The incident's id is the deduplication key:
/// however often it is told, PagerDuty has one alert of it, which is acknowledged and resolved with it.
/// </summary>
internal static class PagerDutyEvent
{
    private const int MaxSummary = 1_024;

    public static byte[] Of(string routingKey, Notice notice, DateTimeOffset now)
    {
        var @event = Event(routingKey, ActionOf(notice), notice.Incident.Id.ToString());
        if (ActionOf(notice) != "trigger")
            return JsonSerializer.SerializeToUtf8Bytes(@event);

        var text = MessageTexts.Of(new NoticeMessage("", NoticeMessageKind.Incidents, "", now, [notice])).Notices[0];
        @event["payload"] = Payload(text.Title, SeverityOf(notice.Incident.Kind), ToldWords.Subject(notice.Incident), now);
        @event["payload"]!["class"] = ToldWords.WordOf(notice.Incident.Kind);
        @event["payload"]!["custom_details"] = new JsonObject(
            text.Facts.Select(fact => KeyValuePair.Create(fact.Name, (JsonNode?)fact.Value)).Prepend(new("Summary", text.Summary)));
        AddLinks(@event, notice);
        return JsonSerializer.SerializeToUtf8Bytes(@event);
    }

    /// <summary>An alert that is made to be seen, and is over at once.</summary>
    public static (byte[] Trigger, byte[] Resolve) Test(string routingKey, NoticeMessage message)
    {
        var text = MessageTexts.Of(message);
        var trigger = Event(routingKey, "trigger", message.Id);
        trigger["payload"] = Payload($"{text.Title}. {text.Lead}", "info", "Webhooks", message.At);
        return (
            JsonSerializer.SerializeToUtf8Bytes(trigger), JsonSerializer.SerializeToUtf8Bytes(Event(routingKey, "resolve", message.Id)));
    }

    /// <summary>A change event: it stands in the service's list of changes, and alerts nobody.</summary>
    public static byte[] Heartbeat(string routingKey, NoticeMessage message) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["routing_key"] = routingKey,
        ["payload"] = new JsonObject
        {
            ["summary"] = MessageTexts.Of(message).Title, ["source"] = "Webhooks", ["timestamp"] = message.At.UtcDateTime.ToString("O"),
        },
    });

    private static JsonObject Event(string routingKey, string action, string key) => new()
    {
        ["routing_key"] = routingKey, ["event_action"] = action, ["dedup_key"] = key,
    };

    private static JsonObject Payload(string summary, string severity, string source, DateTimeOffset now) => new()
    {
        ["summary"] = OneLine.Of(summary, MaxSummary),
        ["source"] = source,
        ["severity"] = severity,
        ["timestamp"] = now.UtcDateTime.ToString("O"),
        ["component"] = "Webhooks",
    };

    private static void AddLinks(JsonObject @event, Notice notice)
    {
        if (notice.IncidentUrl is not { } incident)
            return;

        @event["client"] = "Webhooks";
        @event["client_url"] = incident.AbsoluteUri;
        if (notice.AcknowledgeUrl is { } acknowledge)
            @event["links"] = new JsonArray(new JsonObject { ["href"] = acknowledge.AbsoluteUri, ["text"] = "Acknowledge" });
    }

    private static string ActionOf(Notice notice) => notice.Reason switch
    {
        NotificationReason.Acknowledged => "acknowledge",
        NotificationReason.Resolved => "resolve",
        _ => "trigger",
    };

    // Where the service itself fails, everybody's deliveries are in danger.
    private static string SeverityOf(IncidentKind kind) => kind switch
    {
        IncidentKind.Backlog or IncidentKind.Ledger or IncidentKind.Ours or IncidentKind.Channel => "critical",
        IncidentKind.Failing => "warning",
        _ => "error",
    };
}
