using Microsoft.EntityFrameworkCore;

namespace Webhooks.Data.PostgreSql;

internal static class PostgreSqlMigration
{
    // "webhooks" in ASCII is the write gate's; this is the next.
    private const long Lock = PostgreSqlWebhooksSql.WriteGate + 1;

    public static Task MigrateAsync(PostgreSqlWebhooksDbContext db, CancellationToken cancellationToken) =>
        MigrateAsync(db, () => { }, cancellationToken);

    /// <summary>
    /// Brings the schema of an existing database up to date. Nodes that start together queue up here, and all but the first find nothing to
    /// do. The lock belongs to the session, so a node that dies leaves none behind.
    /// </summary>
    /// <param name="others">Makes what others keep in the database; under the same lock, as it may have none of its own.</param>
    public static async Task MigrateAsync(PostgreSqlWebhooksDbContext db, Action others, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero); // waiting for another node, or building an index, takes as long as it takes
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", cancellationToken);
            others();
            await db.Database.MigrateAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync(); // also gives the lock back where a fault left it
        }
    }
}
