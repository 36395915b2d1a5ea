using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Endpoints;

/// <summary>What to change of an endpoint: what is left out stays, null clears.</summary>
internal sealed record EndpointPatch : IBody<EndpointPatch>
{
    /// <summary>Where deliveries are posted to.</summary>
    /// <example>https://example.com/webhooks</example>
    public Optional<string> Url { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>Order system</example>
    public Optional<string> Description { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>orders</example>
    public Optional<string?> Uid { get; init; }

    /// <summary>Whether deliveries are held instead of sent.</summary>
    /// <example>true</example>
    public Optional<bool> Disabled { get; init; }

    /// <summary>The event types it wants; null for all.</summary>
    /// <example>["invoice.paid"]</example>
    public Optional<List<string>?> EventTypes { get; init; }

    /// <summary>The channels it listens to; null for all.</summary>
    /// <example>null</example>
    public Optional<List<string>?> Channels { get; init; }

    /// <summary>Messages per second; null for no limit.</summary>
    /// <example>10</example>
    public Optional<int?> ThrottleRate { get; init; }

    /// <summary>Your own notes, replaced whole.</summary>
    /// <example>{"team": "billing"}</example>
    public Optional<Dictionary<string, string>> Metadata { get; init; }

    /// <summary>Attempts under way at once; null for the deployment's default.</summary>
    /// <example>10</example>
    public Optional<int?> MaxInFlight { get; init; }

    /// <summary>The waits between attempts in seconds; null for the deployment's default.</summary>
    /// <example>[5, 300, 1800]</example>
    public Optional<List<int>?> RetryScheduleSeconds { get; init; }

    /// <summary>
    /// What follows when it is unknown whether a delivery arrived: <c>resend</c>, <c>hold</c> for a person, or <c>deadLetter</c>: it is
    /// never sent again by itself.
    /// </summary>
    /// <example>hold</example>
    public Optional<UnknownOutcomePolicy> UnknownOutcome { get; init; }

    /// <summary>Where to ask whether a message has arrived, before it is sent again after an unknown outcome; null for nowhere.</summary>
    /// <example>https://example.com/webhooks/receipt</example>
    public Optional<string?> ReceiptUrl { get; init; }

    /// <summary>How long one attempt may take in seconds; null for the deployment's default.</summary>
    /// <example>10</example>
    public Optional<int?> AttemptTimeoutSeconds { get; init; }

    /// <summary>
    /// Whether messages with the same <c>orderingKey</c> go out one after the other. What is on its way keeps the order that it was
    /// accepted under.
    /// </summary>
    /// <example>true</example>
    public Optional<bool> Ordered { get; init; }

    /// <summary>With <c>ordered</c>: after how many failed attempts a message is parked; null for the deployment's default.</summary>
    /// <example>5</example>
    public Optional<int?> ParkAfter { get; init; }

    /// <summary>What a payload must be like to be sent here; null for anything. See the endpoint's creation.</summary>
    /// <example>{"path": "$.data.amount", "gte": 1000}</example>
    public Optional<RawJson?> Filter { get; init; }

    public static EndpointPatch Read(ObjectReader body)
    {
        EndpointRules.Aliases(body);
        return new EndpointPatch
        {
            Url = body.IfSent("url", EndpointRules.Url),
            Description = body.IfSent("description", EndpointRules.Description),
            Uid = body.IfSent("uid", EndpointRules.Uid),
            Disabled = body.IfSent("disabled", b => b.Boolean("disabled", fallback: false)),
            EventTypes = body.IfSent("eventTypes", EndpointRules.EventTypes),
            Channels = body.IfSent("channels", EndpointRules.Channels),
            ThrottleRate = body.IfSent("throttleRate", EndpointRules.ThrottleRate),
            Metadata = body.IfSent("metadata", b => b.Metadata("metadata")),
            MaxInFlight = EndpointRules.MaxInFlight(body),
            RetryScheduleSeconds = EndpointRules.RetrySchedule(body),
            UnknownOutcome = EndpointRules.UnknownOutcome(body),
            ReceiptUrl = EndpointRules.ReceiptUrl(body),
            AttemptTimeoutSeconds = EndpointRules.AttemptTimeout(body),
            Ordered = EndpointRules.Ordered(body),
            ParkAfter = EndpointRules.ParkAfter(body),
            Filter = EndpointRules.Filter(body),
        };
    }

    /// <summary>The endpoint's settings as they are after the patch.</summary>
    public EndpointUpdate ApplyTo(Endpoint endpoint) => new()
    {
        Url = Url.Or(endpoint.Url),
        Description = Description.Or(endpoint.Description),
        Uid = Uid.Or(endpoint.Uid),
        Disabled = Disabled.Or(endpoint.Disabled),
        EventTypes = EventTypes.Or(endpoint.EventTypes),
        Channels = Channels.Or(endpoint.Channels),
        ThrottleRate = ThrottleRate.Or(endpoint.ThrottleRate),
        Metadata = Metadata.Or(endpoint.Metadata),
        MaxInFlight = MaxInFlight,
        RetryScheduleSeconds = RetryScheduleSeconds,
        UnknownOutcome = UnknownOutcome,
        ReceiptUrl = ReceiptUrl,
        AttemptTimeoutSeconds = AttemptTimeoutSeconds,
        Ordered = Ordered,
        ParkAfter = ParkAfter,
        Filter = Filter,
    };
}
