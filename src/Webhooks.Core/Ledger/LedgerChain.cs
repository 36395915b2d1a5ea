using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Core.Ledger;

/// <summary>How seals hang together. Pure.</summary>
internal static class LedgerChain
{
    /// <summary>What the first seal names as the one before it.</summary>
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    public static byte[] Hash(byte[] previous, string statement) =>
        SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(statement)]);

    public static LedgerSeal Seal(LedgerSeal? previous, LedgerStatement statement, DateTimeOffset now)
    {
        var (before, text) = (previous?.Hash ?? Beginning, statement.ToJson());
        return new LedgerSeal { Day = statement.Day, Statement = text, PreviousHash = before, Hash = Hash(before, text), SealedAt = now };
    }

    /// <summary>What is wrong with a seal behind the one before it, for people; null for nothing.</summary>
    public static string? FindFault(LedgerSeal? previous, LedgerSeal seal)
    {
        if (!seal.Hash.AsSpan().SequenceEqual(Hash(seal.PreviousHash, seal.Statement)))
            return $"{seal.Day}: the statement is not the one that was sealed.";
        if (!seal.PreviousHash.AsSpan().SequenceEqual(previous?.Hash ?? Beginning))
            return $"{seal.Day}: the seal does not follow the one before it; that one was changed or removed.";
        if (previous is not null && LedgerTime.OfName(seal.Day) != LedgerTime.OfName(previous.Day) + LedgerTime.Day)
            return $"{seal.Day}: days between {previous.Day} and this one are missing.";
        return null;
    }
}
