using Microsoft.AspNetCore.Http.Metadata;

namespace Webhooks.Core.Http.Parameters;

// The names that the contract gives to the slots of its paths. Each takes our id or the client's own.

/// <summary>An application's id or uid.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class AppIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "app_id";
}

/// <summary>An endpoint's id or uid.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class EndpointIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "endpoint_id";
}

/// <summary>A message's id or eventId.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class MsgIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "msg_id";
}

/// <summary>An attempt's id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class AttemptIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "attempt_id";
}

/// <summary>A dead letter's id, which is its delivery's.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class DeadLetterIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "dlv_id";
}

/// <summary>An event type's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class EventTypeNameAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "event_type_name";
}

/// <summary>What is read by polling: an endpoint's id or uid.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SinkIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "sink_id";
}

/// <summary>A poller's own name for itself.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ConsumerIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "consumer_id";
}

/// <summary>An API key's id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class KeyIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "key_id";
}

/// <summary>A background task's id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class TaskIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "task_id";
}

/// <summary>A channel's id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ChannelIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "channel_id";
}

/// <summary>An incident's id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class IncidentIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "incident_id";
}

/// <summary>An escalation policy's id.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class PolicyIdAttribute : Attribute, IFromRouteMetadata
{
    public string Name => "policy_id";
}
