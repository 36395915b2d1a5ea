using Microsoft.EntityFrameworkCore.Storage;

namespace Webhooks.Core.Data;

/// <summary>The only seam for hand-written SQL: each engine says these few things in its own idiom. All else is EF Core.</summary>
internal interface IWebhooksSql
{
    /// <summary>
    /// Begins a transaction that will write. Every write outside the hot paths goes through here, because an engine may have
    /// to queue writers (SQLite has one) before it begins.
    /// </summary>
    Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken);
}
