namespace Webhooks.Core.Ledger;

/// <summary>How far something has come that can't be read from what is left: a row for each kind.</summary>
internal sealed class LedgerMark
{
    public required LedgerMarkKind Kind { get; init; }

    /// <summary>Up to when rows may be gone; of the recount, when it came this far.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>The last entry that was counted again; of no meaning for the other kinds.</summary>
    public LedgerHourId Entry { get; set; }
}

internal enum LedgerMarkKind
{
    /// <summary>Retention may have removed what finished by then: messages with their deliveries.</summary>
    MessagesRemoved = 0,

    /// <summary>Retention may have removed entries that were settled before then.</summary>
    EntriesRemoved = 1,

    /// <summary>Settled entries are counted again, one round after the other.</summary>
    Recounted = 2,
}
