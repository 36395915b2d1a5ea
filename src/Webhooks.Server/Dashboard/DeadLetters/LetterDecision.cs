namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>What a person can decide about a dead letter: an operation of the API, as a button and a key.</summary>
/// <param name="Operation">Its name below <c>v1.dead-letter</c>; with <c>bulk-</c> before it for many.</param>
/// <param name="Verb">What the button says.</param>
/// <param name="Key">What is pressed for it.</param>
/// <param name="Done">What happened to the letter then: it was …</param>
public sealed record LetterDecision(string Operation, string Verb, string Key, string Done)
{
    /// <summary>All that there are, in the order of their buttons.</summary>
    public static readonly IReadOnlyList<LetterDecision> All =
    [
        new("replay", "Replay", "r", "sent again") { SendsAgain = true },
        new("arrived", "It arrived", "a", "closed as delivered")
        {
            What = "closed as delivered, by your word: only where an attempt's outcome was unknown. Nothing is sent.",
            HasBulk = false,
        },
        new("discard", "Discard", "d", "discarded")
        {
            AsksFor = "Reason",
            What = "not sent any more. The reason is kept for whoever asks later.",
        },
    ];

    /// <summary>What has to be said for it; null for nothing.</summary>
    public string? AsksFor { get; init; }

    /// <summary>Whether it makes a new delivery, which may be a duplicate.</summary>
    public bool SendsAgain { get; init; }

    /// <summary>Whether there is an operation for all that fit a filter.</summary>
    public bool HasBulk { get; init; } = true;

    /// <summary>What becomes of the letters: they are …</summary>
    public string What { get; init; } = "sent to the subscriber again.";

    /// <summary>The decision that a key stands for; null for none.</summary>
    public static LetterDecision? Of(string key) => All.FirstOrDefault(decision => decision.Key == key);
}
