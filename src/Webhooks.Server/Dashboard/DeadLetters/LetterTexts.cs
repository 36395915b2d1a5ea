using Webhooks.Core.DeadLetters;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>What the pages say of dead letters.</summary>
internal static class LetterTexts
{
    public static readonly IReadOnlyList<(string Word, string Text)> Causes =
        [.. DeadLetterWords.Causes.Select(cause => (cause.Word, cause.Value.Text()))];

    public static readonly IReadOnlyList<(string Word, string Text)> States =
        [.. DeadLetterWords.Statuses.Select(status => (status.Word, status.Value.ToString())), ("all", "All")];

    public static string Text(this DeadLetterCause cause) => cause switch
    {
        DeadLetterCause.Rejected => "Refused by the subscriber",
        DeadLetterCause.NotSent => "Subscriber not reachable",
        DeadLetterCause.Unknown => "Outcome unknown",
        DeadLetterCause.Ours => "Fault of the service",
        DeadLetterCause.PayloadGone => "Payload gone",
        DeadLetterCause.HeldUnknown => "Held, outcome unknown",
        DeadLetterCause.Parked => "Held, its key went on",
        _ => cause.ToString(),
    };

    /// <summary>What happened, for whoever has to decide.</summary>
    public static string Story(this DeadLetterCause cause) => cause switch
    {
        DeadLetterCause.Rejected => "The subscriber answered, and refused, until no retry was left.",
        DeadLetterCause.NotSent => "The subscriber could not be reached, and no retry is left. Nothing of the last request got out.",
        DeadLetterCause.Unknown => "The last attempt's request was sent and no answer came: it may have arrived. No retry is left.",
        DeadLetterCause.Ours => "The service itself failed too often with this delivery in hand. That is no fault of the subscriber.",
        DeadLetterCause.PayloadGone => "The payload expired or was removed before it could be delivered. There is nothing left to send.",
        DeadLetterCause.HeldUnknown =>
            "The last attempt's request was sent and no answer came: it may have arrived. Its endpoint is set to wait for a person then.",
        DeadLetterCause.Parked => "It failed at the head of its ordering key, and the key's later messages went on without it.",
        _ => "",
    };

    public static Tone Tone(this DeadLetterState state) => state switch
    {
        DeadLetterState.Open => Parts.Tone.Bad,
        DeadLetterState.Acknowledged => Parts.Tone.Warning,
        DeadLetterState.Discarded => Parts.Tone.Quiet,
        _ => Parts.Tone.Good,
    };

    public static string Text(this DeadLetterState state) => state switch
    {
        DeadLetterState.Open => "Open",
        DeadLetterState.Acknowledged => "Seen, undecided",
        _ => state.ToString(),
    };

    public static bool IsUndecided(this DeadLetterState state) => state is DeadLetterState.Open or DeadLetterState.Acknowledged;

    /// <summary>So many dead letters, in words.</summary>
    public static string Letters(int count) => count == 1 ? "1 dead letter" : $"{Shell.Spans.Count(count)} dead letters";

    /// <summary>So many that nobody has decided about.</summary>
    public static string Undecided(int count) => count == 1 ? "1 undecided dead letter" : $"{Shell.Spans.Count(count)} undecided dead letters";
}
