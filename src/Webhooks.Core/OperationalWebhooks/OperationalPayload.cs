using System.Text.Json;
using Webhooks.Core.Endpoints;
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
            return new { appId, appUid, endpointId, endpointUid, trigger = TriggerOf(details) };
        if (told.MessageId is not { } msgId)
            return new { appId, appUid, endpointId, endpointUid };

        return new { appId, appUid, endpointId, endpointUid, msgId, msgEventId = details.MessageEventId, lastAttempt = details.Attempt };
    }

    // An answer of 410 is an attempt; otherwise it was the owner, unless the endpoint says that the service lost patience.
    private static string TriggerOf(OperationalEventDetails details) =>
        details.Event.AttemptId is not null ? "gone"
        : details.DisabledReason == EndpointDisabledReason.Failing ? "failing"
        : "manual";

    private static JsonSerializerOptions MakeJson()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Configure(options);
        return options;
    }
}
