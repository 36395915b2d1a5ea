using System.Diagnostics;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.SqlServer;
using Microsoft.Data.SqlClient;
using Npgsql;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Hangfire's storage: in the service's database, in a schema of its own, where nodes share one, so that recurring jobs run on one node at a
/// time; in memory with the embedded database. Losing it loses nothing: truth is in our tables.
/// </summary>
internal static class JobDatabase
{
    private const string Schema = "hangfire";

    // Several jobs a minute end well; nobody looks at them for longer than this.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ExpiredEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PolledEvery = TimeSpan.FromSeconds(1);

    // A job whose node died is taken up by another after this; one that runs is kept, however long it takes.
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(5);

    public static void AddJobDatabase(this IServiceCollection services, Storage storage) =>
        services.AddHangfire(hangfire => Use(hangfire, storage)
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new SkipWhileUnderWay())
            // A recurring job that fails runs again at its next time; retries on top would only pile up.
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete }));

    /// <summary>Makes the tables, or brings them up to date. For one process at a time.</summary>
    public static void Prepare(Storage storage)
    {
        if (storage.Options.Provider == StorageProvider.PostgreSql)
        {
            using var connection = new NpgsqlConnection(storage.Location);
            connection.Open();
            PostgreSqlObjectsInstaller.Install(connection, Schema);
        }
        else if (storage.Options.Provider == StorageProvider.SqlServer)
        {
            using var connection = new SqlConnection(storage.Location);
            connection.Open();
            SqlServerObjectsInstaller.Install(connection, Schema, enableHeavyMigrations: true);
        }
    }

    /// <summary>For what a node does by itself.</summary>
    public static InMemoryStorage InMemory() => new(new InMemoryStorageOptions { MaxExpirationTime = KeptFor });

    private static IGlobalConfiguration Use(IGlobalConfiguration hangfire, Storage storage) => storage.Options.Provider switch
    {
        StorageProvider.Sqlite => hangfire.UseStorage(InMemory()).WithJobExpirationTimeout(KeptFor),
        StorageProvider.PostgreSql => hangfire.UsePostgreSqlStorage(
            connection => connection.UseNpgsqlConnection(storage.Location),
            new PostgreSqlStorageOptions
            {
                SchemaName = Schema,
                PrepareSchemaIfNecessary = false, // done above
                QueuePollInterval = PolledEvery,
                JobExpirationCheckInterval = ExpiredEvery,
                InvisibilityTimeout = DeadAfter,
                UseSlidingInvisibilityTimeout = true,
            }).WithJobExpirationTimeout(KeptFor),
        StorageProvider.SqlServer => hangfire.UseSqlServerStorage(
            storage.Location,
            new SqlServerStorageOptions
            {
                SqlClientFactory = SqlClientFactory.Instance,
                SchemaName = Schema,
                PrepareSchemaIfNecessary = false, // done above; here a fault would only be logged
                QueuePollInterval = PolledEvery,
                JobExpirationCheckInterval = ExpiredEvery,
                SlidingInvisibilityTimeout = DeadAfter,
            }).WithJobExpirationTimeout(KeptFor),
        _ => throw new UnreachableException(),
    };
}
