using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>What was tried for a dead letter, and what became of it since.</summary>
internal static class AttemptTexts
{
    /// <summary>The last attempt in words.</summary>
    public static string Text(this DeadLetterAttemptOut attempt)
    {
        var what = attempt.Outcome switch
        {
            AttemptOutcome.Delivered => $"was answered {attempt.ResponseStatusCode}",
            AttemptOutcome.Rejected => $"was refused with {attempt.ResponseStatusCode}",
            AttemptOutcome.NotSent => "did not get out",
            _ => "was sent, and no answer came: it may have arrived",
        };
        return $"Attempt {attempt.Number} {what}.{(attempt.ErrorText is { } error ? $" {error}" : "")}";
    }

    /// <summary>Where the delivery is that sends it again.</summary>
    public static string Words(this DeliveryState state) => state switch
    {
        DeliveryState.Waiting or DeliveryState.Queued => "Waiting to be sent",
        DeliveryState.Sending => "Being sent",
        DeliveryState.Delivered => "Delivered",
        DeliveryState.Held => "Held for a person",
        DeliveryState.Dead => "Failed again",
        DeliveryState.Canceled => "Canceled",
        _ => state.ToString(),
    };

    public static Tone Tone(this DeliveryState state) => state switch
    {
        DeliveryState.Waiting or DeliveryState.Queued or DeliveryState.Sending => Parts.Tone.Busy,
        DeliveryState.Delivered => Parts.Tone.Good,
        DeliveryState.Held => Parts.Tone.Warning,
        DeliveryState.Dead => Parts.Tone.Bad,
        _ => Parts.Tone.Quiet,
    };
}
