using System.Diagnostics;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.SqlServer;
using Webhooks.Data.SqlServer;
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

    /// <param name="mayPrepare">Whether this process makes the tables where they are missing.</param>
    public static void AddJobDatabase(this IServiceCollection services, Storage storage, bool mayPrepare) =>
        services.AddHangfire((provider, hangfire) => Use(hangfire, storage, mayPrepare, provider)
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new SkipWhileUnderWay())
            // A recurring job that fails runs again at its next time; retries on top would only pile up.
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete }));

    /// <summary>Makes the tables, or brings them up to date. For one process at a time.</summary>
    public static void Prepare(IServiceProvider services)
    {
        if (services.GetService<SqlServerDatabase>() is { } database)
        {
            using var connection = database.NewConnection();
            connection.Open();
            SqlServerObjectsInstaller.Install(connection, Schema, enableHeavyMigrations: true);
        }

        services.GetRequiredService<JobStorage>(); // PostgreSQL's makes them as it is made
    }

    /// <summary>For what a node does by itself.</summary>
    public static InMemoryStorage InMemory() => new(new InMemoryStorageOptions { MaxExpirationTime = KeptFor });

    private static IGlobalConfiguration Use(
        IGlobalConfiguration hangfire, Storage storage, bool mayPrepare, IServiceProvider services) => storage.Options.Provider switch
    {
        StorageProvider.Sqlite => hangfire.UseStorage(InMemory()).WithJobExpirationTimeout(KeptFor),
        StorageProvider.PostgreSql => hangfire.UsePostgreSqlStorage(
            connection => connection.UseNpgsqlConnection(storage.Location),
            new PostgreSqlStorageOptions
            {
                SchemaName = Schema,
                PrepareSchemaIfNecessary = mayPrepare,
                QueuePollInterval = PolledEvery,
                JobExpirationCheckInterval = ExpiredEvery,
                InvisibilityTimeout = DeadAfter,
                UseSlidingInvisibilityTimeout = true,
            }).WithJobExpirationTimeout(KeptFor),
        StorageProvider.SqlServer => hangfire.UseSqlServerStorage(
            services.GetRequiredService<SqlServerDatabase>().NewConnection,
            new SqlServerStorageOptions
            {
                SchemaName = Schema,
                PrepareSchemaIfNecessary = false, // done above; here a fault would only be logged
                QueuePollInterval = PolledEvery,
                JobExpirationCheckInterval = ExpiredEvery,
                SlidingInvisibilityTimeout = DeadAfter,
            }).WithJobExpirationTimeout(KeptFor),
        _ => throw new UnreachableException(),
    };
}
