using System.Data.Common;
using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Data.Sqlite;

namespace Webhooks.Server.Startup;

/// <summary>What must be done before the first request is taken and the first delivery claimed.</summary>
internal static class Preparation
{
    public static async Task PrepareAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();

        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var stopping = app.Lifetime.ApplicationStopping;
        services.GetRequiredService<KeyRingCheck>().Run();
        await MigrateAsync(services, stopping);
        await services.GetRequiredService<StoredSecretsCheck>().RunAsync(stopping);

        // The data directory is locked by this process: whoever held a lease is gone.
        await services.GetRequiredService<LeaseSweep>().SweepAllAsync(stopping);

        if (app.Environment.IsDevelopment())
            app.ShowWelcomeOnceStarted(await services.GetRequiredService<FirstKey>().GetAsync(stopping));
        else if (!await HasKeyAsync(services, stopping))
            services.GetRequiredService<ILogger<FirstKey>>().NoKey();
    }

    private static async Task MigrateAsync(IServiceProvider services, CancellationToken stopping)
    {
        try
        {
            await SqliteMigration.MigrateAsync(services.GetRequiredService<SqliteWebhooksDbContext>(), stopping);
        }
        catch (DbException fault)
        {
            throw new StartupException(
                $"The database '{services.GetRequiredService<SqliteDatabase>().Path}' cannot be opened or brought up to date ({fault.Message}). "
                + $"See to the file, its folder's access rights and free space, or set {DataDirectory.Setting} to another folder.");
        }
    }

    private static async Task<bool> HasKeyAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IOptions<AuthOptions>>().Value.BootstrapKey is not null
        || await services.GetRequiredService<ApiKeyStore>().HasLiveKeyAsync(cancellationToken);
}
