using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>Which dead letters to decide about. Those that were decided already are never meant.</summary>
internal abstract record DeadLetterBulkIn
{
    private const int MaxEventTypes = 500;

    /// <summary>Only those of this application: its id or uid; null for all.</summary>
    /// <example>customer-4711</example>
    public string? AppId { get; init; }

    /// <summary>Only those for this endpoint: its id, or its uid beside <c>appId</c>; null for all.</summary>
    /// <example>orders</example>
    public string? EndpointId { get; init; }

    /// <summary>Only those of these event types; null for all.</summary>
    /// <example>["invoice.paid"]</example>
    public List<string>? EventTypes { get; init; }

    /// <summary>
    /// Only those with one of these reasons: rejected, notSent, unknown, ours, payloadGone, heldUnknown, parked; null for all.
    /// </summary>
    /// <example>["rejected", "notSent"]</example>
    public List<DeadLetterCause>? Reasons { get; init; }

    /// <summary>Only those of this incident; null for all.</summary>
    /// <example>null</example>
    public string? IncidentId { get; init; }

    /// <summary>Only those that came to their end, or were held, before this time; null for now.</summary>
    /// <example>null</example>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only those that came to their end, or were held, after this time; null for as far back as there are any.</summary>
    /// <example>2026-01-31T00:00:00Z</example>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only count, and decide nothing.</summary>
    /// <example>true</example>
    public bool DryRun { get; init; }

    private readonly IncidentId? _incident;

    /// <summary>Reads what both decisions have.</summary>
    protected DeadLetterBulkIn(ObjectReader body)
    {
        AppId = body.OptionalText("appId", TextRule.EventType);
        EndpointId = body.OptionalText("endpointId", TextRule.EventType);
        EventTypes = body.OptionalTexts("eventTypes", TextRule.EventType, 1, MaxEventTypes);
        Reasons = ReadReasons(body);
        IncidentId = body.OptionalText("incidentId", TextRule.EventType);
        if (IncidentId is { } text)
        {
            if (IdText.TryParse<IncidentId>(text, out var incident))
                _incident = incident;
            else
                body.Fault("incidentId", "Must be an incident's id: 'inc_' and 26 characters.");
        }

        Before = body.OptionalTime("before");
        After = body.OptionalTime("after");
        if (After >= Before)
            body.Fault("after", "Must be before 'before'.");
        DryRun = body.Boolean("dryRun", fallback: false);
    }

    /// <summary>What is meant, whenever it is done: what dies later is no part of it.</summary>
    public DeadLetterFilter ToFilter(DateTimeOffset now) => new()
    {
        EventTypes = EventTypes,
        Causes = Reasons,
        IncidentId = _incident,
        Status = DeadLetterStatus.Undecided,
        Before = Before <= now ? Before : now + TimeSpan.FromMicroseconds(1),
        After = After,
    };

    private static List<DeadLetterCause>? ReadReasons(ObjectReader body)
    {
        if (body.OptionalTexts("reasons", TextRule.EventType, 1, DeadLetterWords.Causes.Length) is not { } words)
            return null;

        if (words.Exists(word => DeadLetterWords.Causes.All(cause => cause.Word != word)))
            body.Fault("reasons", $"Must be of: {string.Join(", ", DeadLetterWords.Causes.Select(cause => cause.Word))}.");
        return [.. DeadLetterWords.Causes.Where(cause => words.Contains(cause.Word)).Select(cause => cause.Value)];
    }
}
