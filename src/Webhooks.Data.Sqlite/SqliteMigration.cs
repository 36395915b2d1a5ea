using Microsoft.EntityFrameworkCore;

namespace Webhooks.Data.Sqlite;

internal static class SqliteMigration
{
    /// <summary>
    /// Makes the file if it is not there, in WAL mode, and brings its schema up to date. Only for the one process that has the file.
    /// </summary>
    public static async Task MigrateAsync(SqliteWebhooksDbContext db, CancellationToken cancellationToken)
    {
        // EF Core keeps its migration lock as a row, which outlives a process that was killed while it migrated; the next start would
        // wait for it for ever. Nobody else can hold it: the caller is the only process on this file.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
