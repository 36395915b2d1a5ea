using Microsoft.EntityFrameworkCore;

namespace Webhooks.Data.Sqlite;

internal static class SqliteMigration
{
    /// <summary>Makes the file if it is not there, in WAL mode, and brings its schema up to date.</summary>
    public static async Task MigrateAsync(SqliteWebhooksDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.MigrateAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
    }
}
