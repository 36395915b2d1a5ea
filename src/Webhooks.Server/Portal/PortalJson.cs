using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks.Server.Portal;

/// <summary>The API's answers as the portal reads them.</summary>
internal static class PortalJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Replace,
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static T Read<T>(JsonElement body) => body.Deserialize<T>(Options)!;

    /// <summary>For people: with line breaks, and letters as they are.</summary>
    public static string Pretty(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "" : JsonSerializer.Serialize(value, Indented);
}

internal sealed record PortalApplication(string Id);

internal sealed record PortalEndpoint(
    string Id, string Url, string Description, IReadOnlyList<string>? EventTypes, bool Disabled, string? DisabledReason, bool Paused, DateTimeOffset CreatedAt);

internal sealed record PortalEventType(string Name, string Description, bool Deprecated, JsonElement Schemas);

internal sealed record PortalMessage(string Id, string? EventId, string EventType, JsonElement Payload, DateTimeOffset Timestamp);

internal sealed record PortalDestination(string Id, string Url, string StatusText, string State, DateTimeOffset? NextAttempt);

internal sealed record PortalAttempt(
    string Id, string MsgId, string EndpointId, string DeliveryId, string Url, DateTimeOffset Timestamp, int TriggerType,
    int ResponseStatusCode, string Response, IReadOnlyList<string> ResponseHeaders, PortalDurations Durations, string Outcome, int Number,
    string? ErrorText, DateTimeOffset? NextAttempt);

internal sealed record PortalDurations(double? Dns, double? Connect, double? Tls, double? FirstByte, double Total);

internal sealed record PortalStats(long Success, long Pending, long Sending, long Fail);

internal sealed record PortalTask(string Id, string State, JsonElement Data, string? Error)
{
    public bool IsRunning => State == "running";
}
