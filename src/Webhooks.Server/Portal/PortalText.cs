using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Portal;

/// <summary>The API's words as the portal says them.</summary>
internal static class PortalText
{
    /// <summary>How a delivery, or an attempt, stands.</summary>
    public static (Tone Tone, string Text) Of(string status) => status switch
    {
        "success" => (Tone.Good, "Delivered"),
        "fail" => (Tone.Bad, "Failed"),
        "sending" => (Tone.Warning, "Will be retried"),
        "pending" => (Tone.Busy, "Waiting"),
        "canceled" => (Tone.Quiet, "Canceled"),
        _ => (Tone.Quiet, status),
    };

    /// <summary>What an attempt showed.</summary>
    public static string Outcome(PortalAttempt attempt) => attempt switch
    {
        { Outcome: "delivered", ResponseStatusCode: 0 } => "Not sent again: your receipt says that you have it.",
        { Outcome: "delivered" } => $"Your endpoint answered {attempt.ResponseStatusCode}.",
        { Outcome: "rejected" } => $"Your endpoint answered {attempt.ResponseStatusCode}.",
        { Outcome: "unknown" } => "Sent, but no answer came: it may have arrived.",
        _ => attempt.ErrorText ?? "It could not be sent.",
    };

    public static (Tone Tone, string Text) Of(PortalEndpoint endpoint) => endpoint switch
    {
        { Disabled: true } => (Tone.Bad, "Disabled"),
        { Paused: true } => (Tone.Warning, "Paused"),
        _ => (Tone.Good, "Active"),
    };
}
