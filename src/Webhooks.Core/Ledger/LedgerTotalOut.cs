namespace Webhooks.Core.Ledger;

/// <summary>The sums of entries of the books.</summary>
internal sealed record LedgerTotalOut
{
    /// <summary>How many entries: hours of endpoints.</summary>
    /// <example>24</example>
    public required long Entries { get; init; }

    /// <summary>Deliveries that came.</summary>
    /// <example>100</example>
    public required long Accepted { get; init; }

    /// <summary>What was kept back beside those, by reason.</summary>
    public required LedgerFilteredOut Filtered { get; init; }

    /// <summary>What became of the deliveries.</summary>
    public required LedgerCounts Counts { get; init; }

    /// <summary>How many of these were booked since their entry was counted last; they are in none of the counts yet.</summary>
    /// <example>0</example>
    public required long NotCountedYet { get; init; }

    /// <summary>Deliveries that came and are not accounted for. Must be 0.</summary>
    /// <example>0</example>
    public required long Residue { get; init; }
}
