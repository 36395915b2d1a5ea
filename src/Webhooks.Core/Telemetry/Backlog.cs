using Webhooks.Core.Incidents;

namespace Webhooks.Core.Telemetry;

/// <summary>What waits, as it was at one time.</summary>
/// <param name="OldestDue">How long the oldest due delivery of a ready lane has been due; 0 when none is.</param>
/// <param name="LongestWait">How long the lane whose turn is next has been ready; 0 when none is.</param>
/// <param name="Waiting">Deliveries on their way that are not being sent just now, <see cref="BacklogQueries.MaxCounted"/> at most.</param>
/// <param name="Held">Deliveries that wait for a human, <see cref="BacklogQueries.MaxCounted"/> at most.</param>
/// <param name="OldestMessage">How long ago the oldest message that is kept was accepted; 0 when there is none.</param>
/// <param name="OpenIncidents">Incidents that nobody has acknowledged yet, by kind; a kind that has none is missing.</param>
/// <param name="Lanes">As the last full round of the census found them; null before.</param>
internal sealed record Backlog(
    DateTimeOffset At, TimeSpan OldestDue, TimeSpan LongestWait, int Waiting, int Held, TimeSpan OldestMessage,
    IReadOnlyDictionary<IncidentKind, int> OpenIncidents, LaneCounts? Lanes)
{
    /// <summary>Channels that can't notify and are not disabled.</summary>
    public int FailingChannels { get; init; }

    public DeadLetterCounts DeadLetters { get; init; }

    /// <summary>How long the notification that waits longest has been due; 0 when none is.</summary>
    public TimeSpan OldestNotification { get; init; }

    /// <summary>Hours of endpoints in which the ledger has a residue, <see cref="BacklogQueries.MaxUnbalanced"/> at most.</summary>
    public int UnbalancedHours { get; init; }
}

/// <summary>How many dead letters nobody has decided about, <see cref="BacklogQueries.MaxCounted"/> together at most.</summary>
/// <param name="Open">Nobody has seen to them yet.</param>
/// <param name="Acknowledged">Somebody sees to them.</param>
internal readonly record struct DeadLetterCounts(int Open, int Acknowledged);

/// <summary>How many lanes are in which state; every lane is in one.</summary>
/// <param name="Ready">Waits for its turn.</param>
/// <param name="Idle">Nothing of it is due, or its own limit or rate holds it back.</param>
/// <param name="Stranded">Of these, lanes with waiting deliveries that nothing will make ready: a fault of the service.</param>
internal readonly record struct LaneCounts(int Ready, int Idle, int Paused, int Held, int Stranded);
