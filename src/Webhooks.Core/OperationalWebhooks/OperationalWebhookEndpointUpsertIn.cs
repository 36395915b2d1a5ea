using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>An operational webhook's settings, all of them: what is left out gets its default.</summary>
internal record OperationalWebhookEndpointUpsertIn : IBody<OperationalWebhookEndpointUpsertIn>
{
    /// <summary>Where events are posted to: http or https, not to a private address unless this deployment allows it.</summary>
    /// <example>https://example.com/webhooks/operations</example>
    public required string Url { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>On-call</example>
    public string Description { get; init; } = "";

    /// <summary>Your own id for it, unique among operational webhooks; usable wherever its id is. Not starting with <c>ep_</c>.</summary>
    /// <example>on-call</example>
    public string? Uid { get; init; }

    /// <summary>Whether events are held instead of sent. Nothing is lost: they go out, at a pace, once it is enabled.</summary>
    /// <example>false</example>
    public bool Disabled { get; init; }

    /// <summary>
    /// The events it wants; null for all: <c>endpoint.created</c>, <c>endpoint.updated</c>, <c>endpoint.deleted</c>,
    /// <c>endpoint.disabled</c>, <c>message.attempt.failing</c>, <c>message.attempt.exhausted</c>, <c>message.attempt.recovered</c>.
    /// </summary>
    /// <example>["endpoint.disabled", "message.attempt.exhausted"]</example>
    public List<string>? EventTypes { get; init; }

    /// <summary>Messages per second, 1 to 65,535; null for no limit. Paced, never dropped.</summary>
    /// <example>10</example>
    public int? ThrottleRate { get; init; }

    /// <summary>Your own notes: strings, 4,096 bytes of JSON at most.</summary>
    /// <example>{"team": "operations"}</example>
    public Dictionary<string, string> Metadata { get; init; } = [];

    public static OperationalWebhookEndpointUpsertIn Read(ObjectReader body)
    {
        EndpointRules.Aliases(body);
        return new OperationalWebhookEndpointUpsertIn
        {
            Url = EndpointRules.Url(body),
            Description = EndpointRules.Description(body),
            Uid = EndpointRules.Uid(body),
            Disabled = body.Boolean("disabled", fallback: false),
            EventTypes = OperationalWebhookRules.EventTypes(body),
            ThrottleRate = EndpointRules.ThrottleRate(body),
            Metadata = body.Metadata("metadata"),
        };
    }

    /// <summary>The same of the endpoint that it is.</summary>
    public EndpointUpdate ToSettings() => new()
    {
        Url = Url,
        Description = Description,
        Uid = Uid,
        Disabled = Disabled,
        EventTypes = EventTypes,
        ThrottleRate = ThrottleRate,
        Metadata = Metadata,
    };
}
