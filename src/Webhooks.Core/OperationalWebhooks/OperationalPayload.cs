using System.Text.Json;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>What the message of an operational event says: its type and, as <c>data</c>, what it is about.</summary>
internal static class OperationalPayload
{
    private static readonly JsonSerializerOptions Json = MakeJson();

    public static byte[] Of(OperationalEventDetails details) => JsonSerializer.SerializeToUtf8Bytes(
        new { Type = OperationalEventTypes.NameOf(details.Event.Type), Data = DataOf(details) }, Json);

    private static object DataOf(OperationalEventDetails details)
    {
        var told = details.Event;
        var (appId, appUid) = (details.ApplicationId, details.ApplicationUid);
        var (endpointId, endpointUid) = (told.EndpointId, told.EndpointUid);
        if (told.Type == OperationalEventType.EndpointDisabled)
            return new { appId, appUid, endpointId, endpointUid, trigger = told.AttemptId is null ? "manual" : "gone" };
        if (told.MessageId is not { } msgId)
            return new { appId, appUid, endpointId, endpointUid };

        return new { appId, appUid, endpointId, endpointUid, msgId, msgEventId = details.MessageEventId, lastAttempt = details.Attempt };
    }

    private static JsonSerializerOptions MakeJson()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Configure(options);
        return options;
    }
}
