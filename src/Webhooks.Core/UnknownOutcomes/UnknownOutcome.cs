using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>The last attempt of a delivery whose outcome is unknown, with what there is to know about it.</summary>
/// <param name="Letter">Null where the delivery never came in front of a person.</param>
internal sealed record UnknownOutcome(Attempt Attempt, Delivery Delivery, Message Message, DeadLetter? Letter);
