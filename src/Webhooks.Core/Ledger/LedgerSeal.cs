namespace Webhooks.Core.Ledger;

/// <summary>The statement of one closed day, with a hash chained to the day before: a changed or removed one is found.</summary>
internal sealed class LedgerSeal
{
    /// <summary>The day's beginning (UTC).</summary>
    public required DateTimeOffset Day { get; init; }

    /// <summary>The day's books as canonical JSON.</summary>
    public required string Statement { get; init; }

    /// <summary>The hash of the day before; of zeros for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over the previous hash, the day and the statement.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset SealedAt { get; init; }
}
