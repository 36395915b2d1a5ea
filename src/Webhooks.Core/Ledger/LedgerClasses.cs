using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Ledger;

/// <summary>Which column of the books a delivery belongs to. Pure.</summary>
internal static class LedgerClasses
{
    /// <summary>
    /// What is dead or held without a dead letter is in front of nobody: it belongs nowhere, and shows as a residue.
    /// </summary>
    public static LedgerCounts Sum(IEnumerable<CountedState> states)
    {
        var sum = new LedgerCounts();
        foreach (var state in states)
            sum += Of(state) with { Replays = state.IsReplay ? state.Count : 0 };
        return sum;
    }

    /// <summary>
    /// The counts of a lane that is held: its endpoint is disabled or paused, so what waits in it goes nowhere before somebody releases it.
    /// </summary>
    public static LedgerCounts Held(LedgerCounts counts) => counts with { Held = counts.Held + counts.Waiting, Waiting = 0 };

    /// <summary>
    /// The counts of an hour so old that retention may have removed what had ended: those ended rows stay as they were counted, and of what
    /// ended since nobody knows more than that.
    /// </summary>
    /// <param name="total">How many there must be: what came, but for what was found missing while all rows had to be there.</param>
    public static LedgerCounts Archived(LedgerCounts before, LedgerCounts now, long total)
    {
        var kept = before with
        {
            Waiting = now.Waiting, Sending = now.Sending, Held = now.Held,
            DeadUnacknowledged = now.DeadUnacknowledged, DeadAcknowledged = now.DeadAcknowledged,
            EndedLater = 0,
        };
        return kept with { EndedLater = total - kept.Total };
    }

    private static LedgerCounts Of(CountedState state) => (state.State, state.Decision) switch
    {
        (DeliveryState.Delivered, _) => new() { Delivered = state.Count },
        (DeliveryState.Waiting or DeliveryState.Queued, _) => new() { Waiting = state.Count },
        (DeliveryState.Sending, _) => new() { Sending = state.Count },
        (DeliveryState.Held, not null) => new() { Held = state.Count },
        (DeliveryState.Dead or DeliveryState.Canceled, DeadLetterState.Replayed) => new() { Replayed = state.Count },
        (DeliveryState.Dead or DeliveryState.Canceled, DeadLetterState.Discarded) => new() { Discarded = state.Count },
        (DeliveryState.Dead, DeadLetterState.Acknowledged) => new() { DeadAcknowledged = state.Count },
        (DeliveryState.Dead, DeadLetterState.Open) => new() { DeadUnacknowledged = state.Count },
        (DeliveryState.Canceled, _) => new() { Canceled = state.Count },
        _ => new(),
    };
}
