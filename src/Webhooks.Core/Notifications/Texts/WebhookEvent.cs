using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>A message for programs: the facts as they are, in the form that Standard Webhooks recommends (type, timestamp, data).</summary>
internal static class WebhookEvent
{
    private const int MaxText = 1_024;

    public static byte[] Of(NoticeMessage message) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["type"] = TypeOf(message),
        ["timestamp"] = Time(message.At),
        ["data"] = new JsonObject
        {
            ["title"] = MessageTexts.Of(message).Title,
            ["incidents"] = new JsonArray([.. message.Notices.Select(Incident)]),
        },
    });

    private static string TypeOf(NoticeMessage message) => message switch
    {
        { Kind: NoticeMessageKind.Test } => "channel.test",
        { Kind: NoticeMessageKind.Heartbeat } => "channel.heartbeat",
        { IsDigest: true } => "incident.digest",
        _ => $"incident.{ToldWords.WordOf(message.Notices[0].Reason)}",
    };

    private static JsonObject Incident(Notice notice)
    {
        var facts = notice.Incident;
        return new JsonObject
        {
            ["id"] = facts.Id.ToString(),
            ["reason"] = ToldWords.WordOf(notice.Reason),
            ["step"] = notice.Step,
            ["kind"] = ToldWords.WordOf(facts.Kind),
            ["state"] = ToldWords.WordOf(facts.State),
            ["summary"] = OneLine.Of(facts.Summary, MaxText),
            ["openedAt"] = Time(facts.OpenedAt),
            ["occurredAt"] = Time(facts.OccurredAt),
            ["openings"] = facts.Openings,
            ["acknowledgedBy"] = facts.AcknowledgedBy,
            ["resolvedBy"] = facts.State == IncidentState.Resolved ? facts.ResolvedBy : null,
            ["application"] = Named(facts.ApplicationId?.ToString(), "name", facts.ApplicationName),
            ["endpoint"] = Endpoint(facts),
            ["channel"] = Named(facts.ChannelId?.ToString(), "name", facts.ChannelName),
            ["url"] = notice.IncidentUrl?.AbsoluteUri,
            ["acknowledgeUrl"] = notice.AcknowledgeUrl?.AbsoluteUri,
        };
    }

    private static JsonObject? Endpoint(ToldIncident facts)
    {
        if (Named(facts.EndpointId?.ToString(), "host", ToldWords.Host(facts.EndpointUrl)) is not { } endpoint)
            return null;

        endpoint["description"] = OneLine.Of(facts.EndpointDescription ?? "", MaxText);
        endpoint["failingSince"] = facts.FailingSince is { } since ? Time(since) : null;
        endpoint["waiting"] = facts.Waiting;
        endpoint["deadLetters"] = facts.DeadLetters;
        endpoint["lastAnswer"] = facts.LastAnswer is { } answer
            ? new JsonObject
            {
                ["at"] = Time(answer.At),
                ["status"] = answer.Status,
                ["error"] = answer.Error is { } error ? OneLine.Of(error, MaxText) : null,
            }
            : null;
        return endpoint;
    }

    private static JsonObject? Named(string? id, string name, string? value) =>
        id is null ? null : new JsonObject { ["id"] = id, [name] = value is null ? null : OneLine.Of(value, MaxText) };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
