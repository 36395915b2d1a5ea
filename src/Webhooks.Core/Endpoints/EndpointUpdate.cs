using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Endpoints;

/// <summary>An endpoint's settings, all of them: what is left out gets its default.</summary>
internal record EndpointUpdate : IBody<EndpointUpdate>
{
    /// <summary>Where deliveries are posted to: http or https, not to a private address unless this deployment allows it.</summary>
    /// <example>https://example.com/webhooks</example>
    public required string Url { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>Order system</example>
    public string Description { get; init; } = "";

    /// <summary>Your own id for it, unique in its application; usable wherever its id is. Not starting with <c>ep_</c>.</summary>
    /// <example>orders</example>
    public string? Uid { get; init; }

    /// <summary>Whether deliveries are held instead of sent. Nothing is lost: they go out, at a pace, once it is enabled.</summary>
    /// <example>false</example>
    public bool Disabled { get; init; }

    /// <summary>The event types it wants; null for all. <c>filterTypes</c> is an older name of it.</summary>
    /// <example>["invoice.paid"]</example>
    public List<string>? EventTypes { get; init; }

    /// <summary>The channels it listens to, 10 at most; null for all.</summary>
    /// <example>null</example>
    public List<string>? Channels { get; init; }

    /// <summary>Messages per second, 1 to 65,535; null for no limit. Paced, never dropped.</summary>
    /// <example>10</example>
    public int? ThrottleRate { get; init; }

    /// <summary>Your own notes: strings, 4,096 bytes of JSON at most.</summary>
    /// <example>{"team": "billing"}</example>
    public Dictionary<string, string> Metadata { get; init; } = [];

    /// <summary>Attempts under way at once, 1 to 1,000; null for the deployment's default. Left out, it stays as it is.</summary>
    /// <example>10</example>
    public Optional<int?> MaxInFlight { get; init; }

    /// <summary>
    /// The waits between attempts in seconds, 30 at most; null for the deployment's default. Left out, it stays as it is.
    /// </summary>
    /// <example>[5, 300, 1800]</example>
    public Optional<List<int>?> RetryScheduleSeconds { get; init; }

    /// <summary>
    /// What follows when it is unknown whether a delivery arrived: <c>resend</c> (default), <c>hold</c> for a person, or <c>deadLetter</c>:
    /// it is never sent again by itself, so it arrives at most once. Counts from the next attempt on. Left out, it stays as it is.
    /// </summary>
    /// <example>resend</example>
    public Optional<UnknownOutcomePolicy> UnknownOutcome { get; init; }

    /// <summary>
    /// Where to ask whether a message has arrived, before it is sent again after an unknown outcome: a signed GET with the message's
    /// <c>id</c> in the query. 200 with <c>{"status": "processed"}</c> ends the delivery as delivered, everything else has it sent again.
    /// The same may stand here as in <c>url</c>; null for nowhere. Left out, it stays as it is.
    /// </summary>
    /// <example>https://example.com/webhooks/receipt</example>
    public Optional<string?> ReceiptUrl { get; init; }

    /// <summary>
    /// How long one attempt may take in seconds, 1 to 60 and no longer than this deployment's lease allows; null for the deployment's
    /// default. Left out, it stays as it is.
    /// </summary>
    /// <example>10</example>
    public Optional<int?> AttemptTimeoutSeconds { get; init; }

    /// <summary>
    /// Whether messages with the same <c>orderingKey</c> go out one after the other, in the order in which they were accepted; messages
    /// without a key follow one another, too. Counts for messages that are accepted from now on. What people send again and examples
    /// keep no order. Left out, it stays as it is.
    /// </summary>
    /// <example>false</example>
    public Optional<bool> Ordered { get; init; }

    /// <summary>
    /// With <c>ordered</c>: after how many failed attempts a message is parked, held for a person, so that those behind it go on; 1 to 30;
    /// null for the deployment's default. A schedule that ends by then makes it a dead letter instead. Left out, it stays as it is.
    /// </summary>
    /// <example>5</example>
    public Optional<int?> ParkAfter { get; init; }

    /// <summary>
    /// What a payload must be like to be sent here; null for anything. A node looks at a path (RFC 9535, singular query) with one or more
    /// of <c>eq</c>, <c>in</c>, <c>prefix</c>, <c>exists</c>, <c>gt</c>, <c>gte</c>, <c>lt</c>, <c>lte</c>; nodes are joined by <c>and</c>,
    /// <c>or</c>, <c>not</c>. What does not match is recorded as filtered, not sent. Left out, it stays as it is.
    /// </summary>
    /// <example>{"and": [{"path": "$.data.amount", "gte": 1000}, {"path": "$.data.currency", "in": ["EUR", "CHF"]}]}</example>
    public Optional<RawJson?> Filter { get; init; }

    public static EndpointUpdate Read(ObjectReader body)
    {
        EndpointRules.Aliases(body);
        return new EndpointUpdate
        {
            Url = EndpointRules.Url(body),
            Description = EndpointRules.Description(body),
            Uid = EndpointRules.Uid(body),
            Disabled = body.Boolean("disabled", fallback: false),
            EventTypes = EndpointRules.EventTypes(body),
            Channels = EndpointRules.Channels(body),
            ThrottleRate = EndpointRules.ThrottleRate(body),
            Metadata = body.Metadata("metadata"),
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
}
