using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Lanes;

/// <summary>
/// An endpoint's queue of unfinished deliveries: the unit of fairness and isolation. It carries what must hold across nodes.
/// A claim looks only at lanes whose <see cref="ReadyAt"/> has come, so its work does not depend on how much waits anywhere.
/// </summary>
internal sealed class Lane
{
    public required EndpointId EndpointId { get; init; }
    public required ApplicationId ApplicationId { get; init; }

    /// <summary>
    /// When the next claim may find something here; null when only an event (a new message, a finished attempt, a resume) can
    /// change that. A claim that leaves due deliveries sets it to its own time, so lanes are served in turn.
    /// </summary>
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>Attempts under way, over all nodes.</summary>
    public int InFlight { get; set; }

    /// <summary>
    /// How many attempts may be under way just now: 1 for a new endpoint and after a pause (a probe), one more with each delivery up to
    /// the endpoint's cap, half of it when nobody answers.
    /// </summary>
    public int InFlightLimit { get; set; }

    /// <summary>The last claim left due deliveries because that limit was reached: the next finished attempt makes the lane ready.</summary>
    public bool Saturated { get; set; }

    /// <summary>Nothing is claimed: the endpoint is disabled, paused or deleted. What waits keeps waiting.</summary>
    public bool Held { get; set; }

    /// <summary>Nothing is claimed before this time; null when not paused.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    public PauseReason? PauseReason { get; set; }

    /// <summary>
    /// When the next delivery may be claimed under the endpoint's throttle rate (GCRA's theoretical arrival time); without a rate, when
    /// the lane was served last. Of lanes that became ready together, the one with the earliest goes first.
    /// </summary>
    public DateTimeOffset? PacedUntil { get; set; }

    /// <summary>
    /// Deliveries per second at which a resumed lane works off what waited, beside the endpoint's own rate; null for no such limit, and
    /// again once nothing is due.
    /// </summary>
    public int? ReleaseRate { get; set; }

    /// <summary>Since when no attempt was delivered although some failed; null when the last one that counts went well.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>The sequence number of the last delivery put into the lane.</summary>
    public long LastSequence { get; set; }

    /// <summary>Up to which of them the books know of (<see cref="Ledger.LedgerHour"/>).</summary>
    public long BookedSequence { get; set; }
}
