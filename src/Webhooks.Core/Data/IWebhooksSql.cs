using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Data;

/// <summary>The only seam for hand-written SQL: each engine says these few things in its own idiom. All else is EF Core.</summary>
internal interface IWebhooksSql
{
    /// <summary>
    /// Begins a transaction that will write. Every write outside the hot paths goes through here, because an engine may have
    /// to queue writers (SQLite has one) before it begins.
    /// </summary>
    Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken);

    /// <summary>Begins the transaction of commit 1.</summary>
    Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken);

    /// <summary>Commit 2: leases due deliveries of the lanes that have been ready longest. Returns after the commit.</summary>
    Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Commit 3: writes what became of leased deliveries, in one transaction. Returns, in the order of <paramref name="records"/>,
    /// whether each was still leased under its token; where it was not, nothing of that record was written.
    /// </summary>
    Task<IReadOnlyList<bool>> RecordAsync(IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What time it is by the database's own clock, at this moment and not at the begin of a transaction.</summary>
    Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken);

    /// <summary>Whether trying the same again may help: a lock, a lost connection, a full disk that may be freed.</summary>
    bool IsTransient(Exception fault);
}
