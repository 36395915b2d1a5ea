using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.Retention;

/// <summary>
/// How long what is finished is kept. What is on its way or in front of a human is kept whatever these say. Payloads go by the period
/// that their publisher asked for. Configuration section <c>Webhooks:Retention</c>.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Retention";

    private const string Shortest = "1.00:00:00";
    private const string Longest = "3650.00:00:00";

    /// <summary>
    /// How long a message is kept after the last of its deliveries finished, with its deliveries and attempts and, where its own period is
    /// longer, its payload; one that no endpoint wanted, after it was accepted. Deleted endpoints and applications go so long after their
    /// deletion, once nothing refers to them. While a message is kept, its eventId is taken.
    /// </summary>
    /// <value>1 day to 3,650 days; default 90 days.</value>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Messages { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long attempts are kept after their delivery finished. Those of dead letters stay with them: they say why.
    /// </summary>
    /// <value>1 day to 3,650 days; default 90 days. Must not be longer than <see cref="Messages"/>.</value>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Attempts { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a dead letter is kept after it died, and its message with it, once somebody sent its message again or deleted its endpoint.
    /// One that nobody decided about stays for as long as that takes.
    /// </summary>
    /// <value>1 day to 3,650 days; default 365 days. Must not be shorter than <see cref="Messages"/>.</value>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan DeadLetters { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long an incident is kept after it was resolved, with its timeline and its notifications; longer where it has a dead letter, or
    /// where its endpoint is still disabled.
    /// </summary>
    /// <value>31 days, which is longer than after which one is opened again, to 3,650 days; default 365 days.</value>
    [Range(typeof(TimeSpan), "31.00:00:00", Longest)]
    public TimeSpan Incidents { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long the ledger's entries for an endpoint and an hour are kept after they were settled. The sealed days, which have their sums, are
    /// kept for ever.
    /// </summary>
    /// <value>1 day to 3,650 days; default 365 days. Must not be shorter than <see cref="Messages"/>.</value>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan Ledger { get; init; } = TimeSpan.FromDays(365);
}
