using Webhooks.Core.EventTypes;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Messages;

/// <summary>How a payload stands to the schema of its event type.</summary>
/// <param name="Faults">What does not fit.</param>
/// <param name="IsRefused">Whether it must not be accepted for that.</param>
internal sealed record PayloadVerdict(IReadOnlyList<PayloadFault> Faults, bool IsRefused)
{
    public static readonly PayloadVerdict Fits = new([], IsRefused: false);

    /// <summary>What an accepted message's answer says; null for nothing.</summary>
    public IReadOnlyList<string>? Warnings =>
        Faults.Count == 0 || IsRefused
            ? null
            : [.. Faults.Select(fault => $"{string.Join('.', ["payload", .. fault.Path])}: {fault.Kind}")];

    /// <summary>What a refused message's answer says.</summary>
    /// <param name="place">Where the message is in the request.</param>
    public IReadOnlyList<ValidationErrorItem> FaultsAt(params IEnumerable<string> place) =>
        [.. Faults.Select(fault => new ValidationErrorItem(
            [.. place, "payload", .. fault.Path], $"Does not fit the schema of its event type: {fault.Kind}."))];
}

/// <summary>The verdicts about the messages of one request, in order.</summary>
/// <param name="IsAnswered">
/// Whether a request with this idempotency key was accepted before. Then what is refused now goes on, and gets the answer that is on
/// record: a schema that was changed since must not make an accepted message look refused.
/// </param>
internal sealed record PayloadVerdicts(IReadOnlyList<PayloadVerdict> Items, bool IsAnswered)
{
    /// <summary>Whether a message must not go to the outbox.</summary>
    public bool Refuses(int index) => Items[index].IsRefused && !IsAnswered;
}
