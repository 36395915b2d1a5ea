using System.Linq.Expressions;
using System.Text;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Ledger;

/// <summary>The seal of a closed day.</summary>
internal sealed record LedgerSealOut
{
    /// <summary>The day (UTC).</summary>
    /// <example>2026-01-31</example>
    public required string Day { get; init; }

    /// <summary>What was sealed: sums of the day and digests of its entries. Its bytes, as they are here, are what is hashed.</summary>
    /// <example>{"version": 1, "day": "2026-01-31", "entries": 24, "accepted": 100}</example>
    public required RawJson Statement { get; init; }

    /// <summary>The hash of the day before, in hexadecimal digits; zeros for the first.</summary>
    /// <example>0000000000000000000000000000000000000000000000000000000000000000</example>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over the previous hash and the statement, in hexadecimal digits. Note it elsewhere to be sure of all days up to it.</summary>
    /// <example>b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9</example>
    public required string Hash { get; init; }

    /// <summary>When it was sealed.</summary>
    /// <example>2026-02-01T02:00:00.000000Z</example>
    public required DateTimeOffset SealedAt { get; init; }

    public static readonly Expression<Func<LedgerSeal, LedgerSealOut>> Projection = s => new LedgerSealOut
    {
        Day = s.Day,
        Statement = new RawJson(Encoding.UTF8.GetBytes(s.Statement)),
        PreviousHash = Convert.ToHexStringLower(s.PreviousHash),
        Hash = Convert.ToHexStringLower(s.Hash),
        SealedAt = s.SealedAt,
    };
}
