using Webhooks.Core.Data;
using Webhooks.Server.Jobs;

namespace Webhooks.Server.Startup;

internal static class StorageServices
{
    /// <summary>The store that the settings name, the clock that goes with it, and where its jobs are kept.</summary>
    /// <param name="migrates">Whether this process brings the schema up to date, whatever the settings say about starts.</param>
    /// <exception cref="StartupException">A setting is wrong or missing, or the data directory is in use.</exception>
    public static Storage AddStorage(this WebApplicationBuilder builder, bool migrates = false)
    {
        var options = StorageOptions.Read(builder.Configuration);
        var engine = StorageEngine.Of(options.Provider);
        var storage = options.Provider == StorageProvider.Sqlite
            ? builder.AddEmbedded(options)
            : builder.AddShared(options);
        engine.Add(builder.Services, storage.Location);
        builder.Services.AddSingleton(storage);
        builder.Services.AddJobDatabase(storage, mayPrepare: migrates || options.MigrateOnStart);
        return storage;
    }

    private static Storage AddEmbedded(this WebApplicationBuilder builder, StorageOptions options)
    {
        ConnectionOptions.Refuse(builder.Configuration);
        var data = DataDirectory.Lock(builder.Configuration);
        builder.Services.AddSingleton(_ => data); // by a factory, so that the container gives the lock back at the end
        builder.Services.AddSingleton(TimeProvider.System);
        return new Storage(options, data.Path);
    }

    private static Storage AddShared(this WebApplicationBuilder builder, StorageOptions options)
    {
        builder.Services.AddSingleton(_ => DataDirectory.Open(builder.Configuration));
        builder.Services.AddDatabaseClock();
        return new Storage(options, ConnectionOptions.Need(builder.Configuration, options.Provider));
    }
}
