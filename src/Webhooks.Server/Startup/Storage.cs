using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Server.Jobs;

namespace Webhooks.Server.Startup;

/// <summary>The database that this node is set to use.</summary>
/// <param name="Location">The data directory of the embedded engine, or the connection string.</param>
internal sealed record Storage(StorageOptions Options, string Location)
{
    /// <summary>Whether other nodes may use it at the same time.</summary>
    public bool IsShared => Options.Provider != StorageProvider.Sqlite;

    private string Place => IsShared
        ? $"The database that {ConnectionOptions.Section}:{nameof(ConnectionOptions.Webhooks)} names"
        : $"The database '{Path.Combine(Location, "webhooks.db")}'";

    private string Advice => IsShared
        ? "See that the server runs, that the database exists and that its user may create tables, or correct the connection string."
        : $"See to the file, its folder's access rights and free space, or set {DataDirectory.Setting} to another folder.";

    /// <summary>Makes sure that the schema is the one that this code was written for, and takes over the database's clock.</summary>
    /// <exception cref="StartupException">The database can't be used, or its schema is not that of this version.</exception>
    public Task OpenAsync(IServiceProvider services, CancellationToken cancellationToken) => TellFaultsAsync(async () =>
    {
        if (Options.MigrateOnStart)
            await MigrateSchemaAsync(services, cancellationToken);
        else
            (await VersionAsync(services, cancellationToken)).RefuseOther();

        if (services.GetService<DatabaseClockSync>() is { } clock)
            await clock.MeasureAsync(cancellationToken);
    });

    /// <summary>Brings the schema up to date, whatever the settings say about starts.</summary>
    /// <exception cref="StartupException">The database can't be used, or its schema is newer than this version.</exception>
    public Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken) => TellFaultsAsync(
        () => MigrateSchemaAsync(services, cancellationToken));

    /// <summary>For commands that read only.</summary>
    /// <exception cref="StartupException">The database can't be used, or its schema is not that of this version.</exception>
    public Task RefuseOtherSchemaAsync(IServiceProvider services, CancellationToken cancellationToken) => TellFaultsAsync(
        async () => (await VersionAsync(services, cancellationToken)).RefuseOther());

    private async Task MigrateSchemaAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Before, so that nothing is done to a schema that this code does not know; after, because a newer node may have been first.
        (await VersionAsync(services, cancellationToken)).RefuseNewer();
        await StorageEngine.Of(Options.Provider).MigrateAsync(services, () => JobDatabase.Prepare(services), cancellationToken);
        (await VersionAsync(services, cancellationToken)).RefuseNewer();
    }

    private async Task<SchemaVersion> VersionAsync(IServiceProvider services, CancellationToken cancellationToken) => new(
        await StorageEngine.Of(Options.Provider).FindAppliedAsync(services, cancellationToken),
        [.. services.GetRequiredService<WebhooksDbContext>().Database.GetMigrations()]);

    private async Task TellFaultsAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is DbException or ArgumentException or TimeoutException)
        {
            throw new StartupException($"{Place} cannot be opened or brought up to date ({fault.Message}). {Advice}");
        }
    }
}
