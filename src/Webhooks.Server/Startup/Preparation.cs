using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Deliveries;
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
        await SqliteMigration.MigrateAsync(services.GetRequiredService<SqliteWebhooksDbContext>(), stopping);

        // The data directory is locked by this process: whoever held a lease is gone.
        await services.GetRequiredService<LeaseSweep>().SweepAllAsync(stopping);

        if (app.Environment.IsDevelopment())
            app.ShowWelcomeOnceStarted(await services.GetRequiredService<FirstKey>().GetAsync(stopping));
        else if (!await HasKeyAsync(services, stopping))
            services.GetRequiredService<ILogger<FirstKey>>().NoKey();
    }

    private static async Task<bool> HasKeyAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IOptions<AuthOptions>>().Value.BootstrapKey is not null
        || await services.GetRequiredService<ApiKeyStore>().HasLiveKeyAsync(cancellationToken);
}
