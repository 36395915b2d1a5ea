using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;

namespace Webhooks.Data.Sqlite;

/// <summary>The hand-written SQL of the embedded engine.</summary>
internal sealed partial class SqliteWebhooksSql(SqliteDatabase database) : IWebhooksSql
{
    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var turn = await database.EnterWriteAsync(cancellationToken);
        try
        {
            return new SqliteWriteTransaction(await db.Database.BeginTransactionAsync(cancellationToken), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }
}
