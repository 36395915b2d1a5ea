using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Webhooks.Server.Startup;

/// <summary>Holds the database's migrations against those that this code was written for.</summary>
internal static class SchemaVersion
{
    /// <summary>Code that does not know a column may write rows that newer nodes cannot make sense of.</summary>
    /// <exception cref="StartupException">The schema is newer than this code.</exception>
    public static async Task RefuseNewerAsync(DatabaseFacade schema, CancellationToken cancellationToken)
    {
        if (!await schema.GetService<IHistoryRepository>().ExistsAsync(cancellationToken))
            return; // an empty database, or none

        var unknown = (await schema.GetAppliedMigrationsAsync(cancellationToken)).Except(schema.GetMigrations()).ToList();
        if (unknown.Count > 0)
            throw new StartupException(
                $"The database's schema is newer than this version of the server, which does not know its migration '{unknown[^1]}'. Start the "
                + "version that made it, or a later one.");
    }

    /// <exception cref="StartupException">The schema is newer or older than this code.</exception>
    public static async Task RefuseOtherAsync(DatabaseFacade schema, CancellationToken cancellationToken)
    {
        await RefuseNewerAsync(schema, cancellationToken);
        var pending = (await schema.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
            throw new StartupException(
                $"The database's schema is older than this version of the server: {pending.Count} of its migrations are not applied. Run "
                + $"'Webhooks.Server {MigrateCommand.Name}' with the same settings first, or set "
                + $"{StorageOptions.Section}:{nameof(StorageOptions.MigrateOnStart)} to true.");
    }
}
