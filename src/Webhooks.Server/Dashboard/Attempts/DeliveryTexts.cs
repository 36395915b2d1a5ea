using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>What the pages say of deliveries.</summary>
internal static class DeliveryTexts
{
    /// <param name="isTried">Whether it is known that an attempt was made.</param>
    public static string Text(this DeliveryState state, bool isTried = false) => state switch
    {
        DeliveryState.Waiting => isTried ? "Retrying" : "Waiting",
        DeliveryState.Sending => "Being sent",
        DeliveryState.Held => "Held",
        DeliveryState.Delivered => "Delivered",
        DeliveryState.Dead => "Dead letter",
        DeliveryState.Canceled => "Canceled",
        DeliveryState.Filtered => "Filtered out",
        DeliveryState.Queued => "Queued",
        _ => state.ToString(),
    };

    /// <inheritdoc cref="Text(DeliveryState, bool)"/>
    public static Tone Tone(this DeliveryState state, bool isTried = false) => state switch
    {
        DeliveryState.Waiting => isTried ? Parts.Tone.Warning : Parts.Tone.Busy,
        DeliveryState.Sending or DeliveryState.Queued => Parts.Tone.Busy,
        DeliveryState.Held or DeliveryState.Dead => Parts.Tone.Bad,
        DeliveryState.Delivered => Parts.Tone.Good,
        _ => Parts.Tone.Quiet,
    };

    /// <summary>Why it waits for a person.</summary>
    public static string Text(this HoldReason reason) => reason switch
    {
        HoldReason.UnknownOutcome => "It may have arrived, and the endpoint asks a person then.",
        HoldReason.Parked => "It failed at the head of its ordering key; those behind it went on.",
        _ => reason.ToString(),
    };

    /// <summary>Why it is not retried any more.</summary>
    public static string Text(this DeadLetterReason reason) => reason switch
    {
        DeadLetterReason.Rejected => "The subscriber refused the last attempt that its schedule allows.",
        DeadLetterReason.NotSent => "The subscriber could not be reached in any attempt that its schedule allows.",
        DeadLetterReason.Unknown => "It may have arrived, and is not tried again.",
        DeadLetterReason.PayloadGone => "Its payload was gone before it could be delivered.",
        DeadLetterReason.Ours => "Faults of this service kept it from being delivered.",
        _ => reason.ToString(),
    };
}
