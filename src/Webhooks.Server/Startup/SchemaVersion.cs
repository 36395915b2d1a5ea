namespace Webhooks.Server.Startup;

/// <summary>Holds the database's migrations against those that this code was written for.</summary>
/// <param name="Applied">What the database has had.</param>
/// <param name="Known">What this code knows, in order.</param>
internal sealed record SchemaVersion(IReadOnlyList<string> Applied, IReadOnlyList<string> Known)
{
    /// <summary>Code that does not know a column may write rows that newer nodes cannot make sense of.</summary>
    /// <exception cref="StartupException">The schema is newer than this code.</exception>
    public void RefuseNewer()
    {
        var unknown = Applied.Except(Known).ToList();
        if (unknown.Count > 0)
            throw new StartupException(
                $"The database's schema is newer than this version of the server, which does not know its migration '{unknown[^1]}'. Start the "
                + "version that made it, or a later one.");
    }

    /// <exception cref="StartupException">The schema is newer or older than this code.</exception>
    public void RefuseOther()
    {
        RefuseNewer();
        var pending = Known.Except(Applied).ToList();
        if (pending.Count > 0)
            throw new StartupException(
                $"The database's schema is older than this version of the server: {pending.Count} of its migrations are not applied. Run "
                + $"'Webhooks.Server {MigrateCommand.Name}' with the same settings first, or set "
                + $"{StorageOptions.Section}:{nameof(StorageOptions.MigrateOnStart)} to true.");
    }
}
