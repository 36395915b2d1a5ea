using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>The last attempt of a delivery whose outcome is unknown, with what there is to know about it.</summary>
internal sealed class UnknownOutcome
{
    public required Attempt Attempt { get; init; }
    public required Delivery Delivery { get; init; }
    public required Message Message { get; init; }

    /// <summary>Null where the delivery never came in front of a person.</summary>
    public required DeadLetter? Letter { get; init; }
}
