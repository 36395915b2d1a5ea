using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

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
            await MakeHistoryAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync(); // also gives the lock back where a fault left it
        }
    }

    /// <summary>The migrations that were applied; none where there is no history yet.</summary>
    public static async Task<IReadOnlyList<string>> FindAppliedAsync(
        PostgreSqlWebhooksDbContext db, CancellationToken cancellationToken) => await HasHistoryAsync(db, cancellationToken)
        ? [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)]
        : [];

    // Otherwise EF Core reads it first, finds out by the refusal, and logs that as an error ahead of its success.
    private static async Task MakeHistoryAsync(PostgreSqlWebhooksDbContext db, CancellationToken cancellationToken)
    {
        // Crash after this: a history without entries, which is what the next start begins with, too.
        if (!await HasHistoryAsync(db, cancellationToken))
            await db.Database.ExecuteSqlRawAsync(db.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), cancellationToken);
    }

    // Asked of the catalog, because EF Core's own answer is always yes; and past its execution strategy, which would wrap the fault of a
    // server that is not there.
    private static async Task<bool> HasHistoryAsync(PostgreSqlWebhooksDbContext db, CancellationToken cancellationToken)
    {
        var connection = db.GetService<IRelationalConnection>();
        await connection.OpenAsync(cancellationToken);
        try
        {
            await using var command = connection.DbConnection.CreateCommand();
            command.CommandText = HistorySql.Exists;
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        finally
        {
            await connection.CloseAsync();
        }
    }
}
