using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>What an endpoint's pages say of deliveries and attempts.</summary>
internal static class DeliveryTexts
{
    public static string Text(this DeliveryState state) => state switch
    {
        DeliveryState.Held => "Held for a person",
        DeliveryState.Dead => "Dead letter",
        DeliveryState.Filtered => "Filtered out",
        DeliveryState.Queued => "Queued behind others",
        _ => state.ToString(),
    };

    public static Tone Tone(this DeliveryState state) => state switch
    {
        DeliveryState.Delivered => Parts.Tone.Good,
        DeliveryState.Dead => Parts.Tone.Bad,
        DeliveryState.Held => Parts.Tone.Warning,
        DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Queued => Parts.Tone.Busy,
        _ => Parts.Tone.Quiet,
    };

    public static string Text(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "Delivered",
        AttemptOutcome.Rejected => "Refused",
        AttemptOutcome.NotSent => "Not sent",
        _ => "Sent, no answer: may have arrived",
    };

    public static Tone Tone(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => Parts.Tone.Good,
        AttemptOutcome.Unknown => Parts.Tone.Warning,
        _ => Parts.Tone.Bad,
    };
}
