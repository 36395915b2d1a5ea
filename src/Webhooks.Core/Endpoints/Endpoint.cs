namespace Webhooks.Core.Endpoints;

/// <summary>A subscriber's URL with its filters and limits. Its queue is the <see cref="Lanes.Lane"/> of the same id.</summary>
internal sealed class Endpoint
{
    public required EndpointId Id { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public string? Uid { get; set; }
    public required string Url { get; set; }
    public string Description { get; set; } = "";

    /// <summary>The event types it wants; null for all.</summary>
    public List<string>? EventTypes { get; set; }

    /// <summary>The channels it listens to; null for all.</summary>
    public List<string>? Channels { get; set; }

    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary>Its own request headers, encrypted: a JSON object of strings. Null for none.</summary>
    public byte[]? ProtectedHeaders { get; set; }

    /// <summary>Messages per second; null for no limit.</summary>
    public int? ThrottleRate { get; set; }

    public bool Disabled { get; set; }

    /// <summary>Why the service disabled it (an answer of 410); null when its owner did, or when it is enabled.</summary>
    public EndpointDisabledReason? DisabledReason { get; set; }

    /// <summary>Attempts under way at once, over all nodes; null for the deployment's default.</summary>
    public int? MaxInFlight { get; set; }

    /// <summary>The waits between attempts; null for the deployment's default.</summary>
    public List<TimeSpan>? RetrySchedule { get; set; }

    /// <summary>How long one attempt may take; null for the deployment's default.</summary>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>Whether messages of one ordering key go out one after the other.</summary>
    public bool Ordered { get; set; }

    /// <summary>After how many failed attempts the first of an ordering key is parked and the key goes on; null for the deployment's default.</summary>
    public int? ParkAfter { get; set; }

    /// <summary>What a payload must be like to be sent here, as JSON; null for anything.</summary>
    public string? Filter { get; set; }

    /// <summary>When a person paused it: what matches is held until a person resumes it. Null when not paused.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Why it was paused, in that person's words; null for none.</summary>
    public string? PauseNote { get; set; }

    /// <summary>Whether what matches waits for its owner or another person: its lane is held.</summary>
    public bool IsHeld => Disabled || PausedAt is not null || DeletedAt is not null;

    public UnknownOutcomePolicy UnknownOutcomePolicy { get; set; }

    /// <summary>Where to ask whether a message has arrived, before it is sent again after an unknown outcome; null for nowhere.</summary>
    public string? ReceiptUrl { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Set when its owner deleted it: deliveries under way are canceled, its history stays until retention removes it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
