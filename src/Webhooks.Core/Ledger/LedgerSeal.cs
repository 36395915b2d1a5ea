namespace Webhooks.Core.Ledger;

/// <summary>The statement of one closed day, with a hash chained to the day before: a changed or removed one is found.</summary>
internal sealed class LedgerSeal
{
    /// <summary>The day (UTC), as <c>yyyy-MM-dd</c>.</summary>
    public required string Day { get; init; }

    /// <summary>The day's books in sums and digests, as JSON: its bytes are what is hashed.</summary>
    public required string Statement { get; init; }

    /// <summary>The hash of the day before; of zeros for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over the previous hash and the UTF-8 bytes of the statement.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset SealedAt { get; init; }
}
