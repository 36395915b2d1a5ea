using System.Text.Json;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Messages;
using Webhooks.Server.Dashboard.Parts;
using Webhooks.Server.Dashboard.Shell;

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

    /// <summary>How a message stands, with the number of endpoints where it has several.</summary>
    public static IEnumerable<(Tone Tone, string Text)> Of(IReadOnlyList<MessageRow.Standing> standings)
    {
        var isOne = standings.Sum(standing => standing.Count) == 1;
        return from standing in standings
               group standing.Count by Of(standing.State, standing.IsTried) into same
               select (same.Key.Tone, isOne ? same.Key.Text : $"{Spans.Count(same.Sum())} {same.Key.Text.ToLowerInvariant()}");
    }

    private static (Tone Tone, string Text) Of(DeliveryState state, bool isTried) => state == DeliveryState.Filtered
        ? (Tone.Quiet, "Filtered out")
        : Of(JsonNamingPolicy.CamelCase.ConvertName($"{DeliveryStatus.Of(state, isTried)}"));

    /// <summary>What an attempt showed.</summary>
    public static string Outcome(PortalAttempt attempt) => attempt switch
    {
        { Outcome: "delivered", ResponseStatusCode: 0 } => "Not sent again: your receipt says that you have it.",
        { Outcome: "delivered" } => $"Your endpoint answered {attempt.ResponseStatusCode}.",
        { Outcome: "rejected" } => $"Your endpoint answered {attempt.ResponseStatusCode}.",
        { Outcome: "unknown" } => "Sent, but no answer came: it may have arrived.",
        _ => attempt.ErrorText ?? "It could not be sent.",
    };

    /// <summary>What sending the message of an attempt again does.</summary>
    public static string Resend(PortalAttempt attempt) =>
        $"One delivery to {attempt.Url}, at once, with the same id. " + attempt.Outcome switch
        {
            "delivered" => "Your endpoint has it already, and gets it a second time.",
            "unknown" => "Your endpoint may have it already, and would get it a second time.",
            _ => "Where another attempt is planned, your endpoint may get it twice.",
        };

    public static (Tone Tone, string Text) Of(PortalEndpoint endpoint) => endpoint switch
    {
        { Disabled: true } => (Tone.Bad, "Disabled"),
        { Paused: true } => (Tone.Warning, "Paused"),
        _ => (Tone.Good, "Active"),
    };
}
