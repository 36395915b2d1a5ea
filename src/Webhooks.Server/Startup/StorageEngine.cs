using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Webhooks.Data.PostgreSql;
using Webhooks.Data.Sqlite;
using Webhooks.Data.SqlServer;

namespace Webhooks.Server.Startup;

/// <summary>How an engine is put into the host and made ready. All that the server knows of engines is here.</summary>
/// <param name="Add">Adds the store; given the data directory or the connection string.</param>
/// <param name="MigrateAsync">
/// Brings the schema up to date under the engine's lock, and by what it is given the tables of the jobs.
/// </param>
/// <param name="FindAppliedAsync">The migrations that the database has had; none where it is empty, or not there.</param>
internal sealed record StorageEngine(
    Action<IServiceCollection, string> Add,
    Func<IServiceProvider, Action, CancellationToken, Task> MigrateAsync,
    Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<string>>> FindAppliedAsync)
{
    public static StorageEngine Of(StorageProvider provider) => provider switch
    {
        StorageProvider.Sqlite => new(
            (services, directory) => services.AddWebhooksSqlite(directory),
            (services, _, token) => SqliteMigration.MigrateAsync(Context<SqliteWebhooksDbContext>(services), token),
            ReadHistoryAsync<SqliteWebhooksDbContext>),
        StorageProvider.PostgreSql => new(
            (services, connection) => services.AddWebhooksPostgreSql(connection),
            (services, jobs, token) => PostgreSqlMigration.MigrateAsync(Context<PostgreSqlWebhooksDbContext>(services), jobs, token),
            (services, token) => PostgreSqlMigration.FindAppliedAsync(Context<PostgreSqlWebhooksDbContext>(services), token)),
        StorageProvider.SqlServer => new(
            (services, connection) => services.AddWebhooksSqlServer(connection),
            (services, jobs, token) => SqlServerMigration.MigrateAsync(Context<SqlServerWebhooksDbContext>(services), jobs, token),
            ReadHistoryAsync<SqlServerWebhooksDbContext>),
        _ => throw new UnreachableException(),
    };

    /// <summary>For an embedded database that is filled in one go: a loss of power meanwhile leaves nothing that anybody needs.</summary>
    public static void FillInOneGo(IServiceCollection services, string directory) => services.SkipSyncs(directory);

    private static async Task<IReadOnlyList<string>> ReadHistoryAsync<TContext>(
        IServiceProvider services, CancellationToken cancellationToken) where TContext : DbContext
    {
        var schema = Context<TContext>(services).Database;
        return await schema.GetService<IHistoryRepository>().ExistsAsync(cancellationToken)
            ? [.. await schema.GetAppliedMigrationsAsync(cancellationToken)]
            : [];
    }

    private static TContext Context<TContext>(IServiceProvider services) where TContext : DbContext =>
        services.GetRequiredService<TContext>();
}
