using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Ledger;

/// <summary>Makes the statement of a day from the entries as they stand: once to seal it, and again to see whether they still are what was sealed.</summary>
internal sealed class LedgerDigest(WebhooksDbContext db)
{
    public async Task<LedgerStatement> OfAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        var given = new Digest();
        await foreach (var entry in Given(db, day).AsAsyncEnumerable().WithCancellation(cancellationToken))
            given.Add(LedgerStatement.GivenLine(entry), entry);
        var settled = new Digest();
        await foreach (var entry in Settled(db, day).AsAsyncEnumerable().WithCancellation(cancellationToken))
            settled.Add(LedgerStatement.SettledLine(entry), entry);

        return new LedgerStatement
        {
            Day = LedgerTime.NameOf(day),
            Entries = given.Count,
            Accepted = given.Accepted,
            Filtered = given.Filtered,
            EntriesDigest = given.ToText(),
            Settled = settled.Count,
            SettledCounts = settled.Counts,
            SettledDigest = settled.ToText(),
        };
    }

    internal static IQueryable<LedgerHour> Given(WebhooksDbContext db, DateTimeOffset day)
    {
        var next = day + LedgerTime.Day;
        return db.LedgerHours.AsNoTracking().Where(h => h.Hour >= day && h.Hour < next).OrderBy(h => h.Hour).ThenBy(h => h.Id);
    }

    internal static IQueryable<LedgerHour> Settled(WebhooksDbContext db, DateTimeOffset day)
    {
        var next = day + LedgerTime.Day;
        return db.LedgerHours.AsNoTracking().Where(h => h.SettledAt >= day && h.SettledAt < next).OrderBy(h => h.SettledAt).ThenBy(h => h.Id);
    }

    private sealed class Digest
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Count { get; private set; }
        public long Accepted { get; private set; }
        public long Filtered { get; private set; }
        public LedgerCounts Counts { get; private set; } = new();

        public void Add(byte[] line, LedgerHour entry)
        {
            _hash.AppendData(line);
            Count++;
            Accepted += entry.Accepted;
            Filtered += entry.Filtered;
            Counts += entry.Counts;
        }

        public string ToText()
        {
            using (_hash)
                return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }
    }
}
