using System.Linq.Expressions;
using System.Text;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Endpoints;

/// <summary>An endpoint.</summary>
internal sealed record EndpointOut
{
    /// <summary>Its id.</summary>
    public required EndpointId Id { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>orders</example>
    public required string? Uid { get; init; }

    /// <summary>Where deliveries are posted to.</summary>
    /// <example>https://example.com/webhooks</example>
    public required string Url { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>Order system</example>
    public required string Description { get; init; }

    /// <summary>The event types it wants; null for all.</summary>
    /// <example>["invoice.paid"]</example>
    public required List<string>? EventTypes { get; init; }

    /// <summary>The same under its older name.</summary>
    /// <example>["invoice.paid"]</example>
    public List<string>? FilterTypes => EventTypes;

    /// <summary>The channels it listens to; null for all.</summary>
    /// <example>null</example>
    public required List<string>? Channels { get; init; }

    /// <summary>Whether deliveries are held instead of sent.</summary>
    /// <example>false</example>
    public required bool Disabled { get; init; }

    /// <summary>Why the service disabled it: <c>gone</c> (it answered 410); null when its owner did, or when it is enabled.</summary>
    /// <example>null</example>
    public required EndpointDisabledReason? DisabledReason { get; init; }

    /// <summary>Messages per second; null for no limit.</summary>
    /// <example>10</example>
    public required int? ThrottleRate { get; init; }

    /// <summary>Attempts under way at once; null for the deployment's default.</summary>
    /// <example>null</example>
    public required int? MaxInFlight { get; init; }

    /// <summary>The waits between attempts in seconds; null for the deployment's default.</summary>
    /// <example>null</example>
    public required IEnumerable<int>? RetryScheduleSeconds { get; init; }

    /// <summary>What follows when it is unknown whether a delivery arrived: <c>resend</c>, <c>hold</c> or <c>deadLetter</c>.</summary>
    /// <example>resend</example>
    public required UnknownOutcomePolicy UnknownOutcome { get; init; }

    /// <summary>Where to ask whether a message has arrived, before it is sent again after an unknown outcome; null for nowhere.</summary>
    /// <example>https://example.com/webhooks/receipt</example>
    public required string? ReceiptUrl { get; init; }

    /// <summary>How long one attempt may take in seconds; null for the deployment's default.</summary>
    /// <example>null</example>
    public required int? AttemptTimeoutSeconds { get; init; }

    /// <summary>Whether messages with the same <c>orderingKey</c> go out one after the other.</summary>
    /// <example>false</example>
    public required bool Ordered { get; init; }

    /// <summary>With <c>ordered</c>: after how many failed attempts a message is parked; null for the deployment's default.</summary>
    /// <example>null</example>
    public required int? ParkAfter { get; init; }

    /// <summary>Whether a person paused it: deliveries are held until it is resumed.</summary>
    /// <example>false</example>
    public bool Paused => PausedAt is not null;

    /// <summary>When it was paused; null when it is not.</summary>
    /// <example>null</example>
    public required DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it was paused, in that person's words; null for none.</summary>
    /// <example>null</example>
    public required string? PauseNote { get; init; }

    /// <summary>What a payload must be like to be sent here; null for anything.</summary>
    /// <example>{"path": "$.data.amount", "gte": 1000}</example>
    public required RawJson? Filter { get; init; }

    /// <summary>Your own notes.</summary>
    /// <example>{"team": "billing"}</example>
    public required Dictionary<string, string> Metadata { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    // Neither its secrets nor its headers are read for it.
    public static readonly Expression<Func<Endpoint, EndpointOut>> Projection = e => new EndpointOut
    {
        Id = e.Id,
        Uid = e.Uid,
        Url = e.Url,
        Description = e.Description,
        EventTypes = e.EventTypes,
        Channels = e.Channels,
        Disabled = e.Disabled,
        DisabledReason = e.DisabledReason,
        ThrottleRate = e.ThrottleRate,
        MaxInFlight = e.MaxInFlight,
        RetryScheduleSeconds = SecondsOf(e.RetrySchedule),
        UnknownOutcome = e.UnknownOutcomePolicy,
        ReceiptUrl = e.ReceiptUrl,
        AttemptTimeoutSeconds = SecondsOf(e.AttemptTimeout),
        Ordered = e.Ordered,
        ParkAfter = e.ParkAfter,
        PausedAt = e.PausedAt,
        PauseNote = e.PauseNote,
        Filter = JsonOf(e.Filter),
        Metadata = e.Metadata,
        CreatedAt = e.CreatedAt,
        UpdatedAt = e.UpdatedAt,
    };

    private static readonly Func<Endpoint, EndpointOut> Project = Projection.Compile();

    public static EndpointOut Of(Endpoint endpoint) => Project(endpoint);

    private static int? SecondsOf(TimeSpan? duration) => (int?)duration?.TotalSeconds;

    private static RawJson? JsonOf(string? text) => text is null ? null : new RawJson(Encoding.UTF8.GetBytes(text));

    private static List<int>? SecondsOf(List<TimeSpan>? schedule) => schedule?.ConvertAll(wait => (int)wait.TotalSeconds);
}
