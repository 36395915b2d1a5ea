using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Deliveries;

/// <summary>A delivery under lease, with all that sending it and deciding about it needs.</summary>
internal sealed record ClaimedDelivery
{
    public required AttemptRequest Request { get; init; }
    public required byte[] LeaseToken { get; init; }
    public required DateTimeOffset LeasedUntil { get; init; }
    public required AttemptTrigger TriggerType { get; init; }

    /// <summary>How many attempts counted against the schedule before this one.</summary>
    public required int Failures { get; init; }

    /// <summary>How many attempts our own faults cost before this one.</summary>
    public required int OwnFaults { get; init; }

    public required RetryPolicy Policy { get; init; }

    /// <summary>Others of its endpoint with the same key wait until it is finished; null where there is no order.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>Its lane is allowed one attempt at a time just now.</summary>
    public bool IsProbe { get; init; }

    /// <summary>
    /// Whom to ask whether it has arrived, before it is sent again; null for nobody. Not where a person sends it again: that is decided.
    /// </summary>
    public string? ReceiptUrl => Request is { Number: > 1, PriorOutcome: AttemptOutcome.Unknown, IsReplay: false }
        ? Policy.ReceiptUrl
        : null;

    /// <summary>The payload expired or was expunged: there is nothing left to send.</summary>
    public bool PayloadGone => Request.Payload.IsEmpty;
}

/// <summary>The endpoint's own settings about what follows an attempt.</summary>
/// <param name="Schedule">Null for the deployment's.</param>
/// <param name="MaxInFlight">Its cap, its own or the deployment's.</param>
internal sealed record RetryPolicy(IReadOnlyList<TimeSpan>? Schedule, UnknownOutcomePolicy OnUnknown, int MaxInFlight)
{
    /// <summary>After how many failed attempts a delivery with an ordering key is parked; null for the deployment's number.</summary>
    public int? ParkAfter { get; init; }

    /// <summary>Where to ask, before a delivery is sent again after an unknown outcome, whether it has arrived; null for nowhere.</summary>
    public string? ReceiptUrl { get; init; }
}
