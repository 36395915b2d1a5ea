using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>What the pages say of attempts.</summary>
internal static class AttemptTexts
{
    /// <summary>What it showed, in plain words: <c>Refused with 503</c>, <c>Not sent: DNS failed</c>.</summary>
    public static string Text(this MessageAttemptOut attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Delivered when attempt.ReceiptCheck is { Answer: ReceiptAnswer.Processed } =>
            "Not sent again: the subscriber's receipt says that it has it",
        AttemptOutcome.Delivered => $"Delivered, answered {attempt.ResponseStatusCode}",
        AttemptOutcome.Rejected when attempt.ResponseStatusCode is >= 300 and < 400 =>
            $"Refused with {attempt.ResponseStatusCode}: redirects are not followed",
        AttemptOutcome.Rejected => $"Refused with {attempt.ResponseStatusCode}",
        AttemptOutcome.NotSent => $"Not sent: {NotSent(attempt.ErrorCode)}",
        _ => Unknown(attempt.ErrorCode),
    };

    public static Tone Tone(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => Parts.Tone.Good,
        AttemptOutcome.Unknown => Parts.Tone.Warning,
        _ => Parts.Tone.Bad,
    };

    /// <summary>The colour of its dot on the timeline.</summary>
    public static string Colour(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "var(--mud-palette-success)",
        AttemptOutcome.Unknown => "var(--mud-palette-warning)",
        _ => "var(--mud-palette-error)",
    };

    public static string Trigger(int trigger) => (AttemptTrigger)trigger == AttemptTrigger.Manual ? "sent again by a person" : "scheduled";

    private static string NotSent(string? code) => code switch
    {
        AttemptErrorCodes.Dns => "DNS failed",
        AttemptErrorCodes.BlockedAddress => "its address is not allowed",
        AttemptErrorCodes.ConnectRefused => "connection refused",
        AttemptErrorCodes.Connect => "no connection",
        AttemptErrorCodes.Tls => "TLS failed",
        AttemptErrorCodes.HttpsRequired => "https is required",
        AttemptErrorCodes.Timeout => "no connection in time",
        _ => "a fault of this service",
    };

    private static string Unknown(string? code) => code switch
    {
        AttemptErrorCodes.Timeout => "Sent, no answer in time: may have arrived",
        AttemptErrorCodes.Reset => "Sent, the connection broke: may have arrived",
        AttemptErrorCodes.InvalidResponse => "Sent, the answer is not HTTP: may have arrived",
        AttemptErrorCodes.Shutdown => "Sent, then this service stopped: may have arrived",
        AttemptErrorCodes.WorkerLost => "The worker was lost: may have been sent",
        _ => "Sent, no answer: may have arrived",
    };
}
