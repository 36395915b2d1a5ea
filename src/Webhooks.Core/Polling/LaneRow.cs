using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Polling;

/// <summary>A delivery with its message, but for the payload.</summary>
internal sealed record LaneRow
{
    public required long Sequence { get; init; }
    public required DeliveryState State { get; init; }

    /// <summary>When it came into the lane.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    public required MessageId MessageId { get; init; }
    public required string? EventId { get; init; }
    public required string EventType { get; init; }
    public required List<string>? Channels { get; init; }
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The length of what is sent; 0 once it is gone.</summary>
    public required int Bytes { get; init; }
}
