using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>One HTTP request made, or tried, for a delivery. Append-only.</summary>
internal sealed class Attempt
{
    public required AttemptId Id { get; init; }
    public required DeliveryId DeliveryId { get; init; }
    public required MessageId MessageId { get; init; }
    public required EndpointId EndpointId { get; init; }

    /// <summary>1 for the delivery's first attempt, rising; sent as webhook-attempt.</summary>
    public required int Number { get; init; }

    public required AttemptTrigger TriggerType { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The endpoint's URL at the time.</summary>
    public required string Url { get; init; }

    /// <summary>Null when no answer began; with <see cref="AttemptOutcome.Unknown"/>, that of an answer that broke off.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Microseconds; each phase is null where it did not happen or is not known.</summary>
    public long? DnsMicroseconds { get; init; }
    public long? ConnectMicroseconds { get; init; }
    public long? TlsMicroseconds { get; init; }
    public long? FirstByteMicroseconds { get; init; }
    public required long TotalMicroseconds { get; init; }

    public string? ResponseHeaders { get; init; }
    public byte[]? ResponseBody { get; set; }
    public string? ErrorCode { get; init; }
    public string? ErrorText { get; init; }

    /// <summary>What the endpoint's receipt URL said before it; null where it was not asked.</summary>
    public ReceiptAnswer? ReceiptAnswer { get; init; }

    /// <summary>The same for people.</summary>
    public string? ReceiptText { get; init; }

    /// <summary>Nothing was sent: the subscriber's receipt said that it has the message.</summary>
    public bool IsReceipt => ReceiptAnswer == Deliveries.ReceiptAnswer.Processed;

    /// <summary>The node that made it.</summary>
    public required string Node { get; init; }
}
