using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Webhooks.Data.SqlServer;

internal static class SqlServerMigration
{
    private const int DatabaseExists = 1801;

    public static Task MigrateAsync(SqlServerWebhooksDbContext db, CancellationToken cancellationToken) =>
        MigrateAsync(db, () => { }, cancellationToken);

    /// <summary>
    /// Makes the database if it is not there, and brings its schema up to date. Nodes that start together queue up: EF Core migrates under
    /// sp_getapplock, whose lock belongs to the session, so a node that dies leaves none behind.
    /// </summary>
    /// <param name="others">Makes what others keep in the database, under a lock of their own.</param>
    public static async Task MigrateAsync(SqlServerWebhooksDbContext db, Action others, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero); // waiting for another node, or building an index, takes as long as it takes
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (SqlException fault) when (fault.Number == DatabaseExists)
        {
            await db.Database.MigrateAsync(cancellationToken); // another node made it a moment before this one
        }

        await ReadSnapshotsAsync(db, cancellationToken);
        others(); // last, because their connections would be in the way above
    }

    private static async Task ReadSnapshotsAsync(SqlServerWebhooksDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.ExecuteSqlRawAsync(MigrationSql.ReadCommittedSnapshot, cancellationToken);
        }
        catch (SqlException refusal)
        {
            // Others are connected, or this login may not: no reason not to start.
            db.GetService<ILoggerFactory>().CreateLogger(typeof(SqlServerMigration)).SnapshotReadsAreOff(refusal.Message);
        }
    }
}
