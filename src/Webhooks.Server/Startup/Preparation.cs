using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Nodes;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Server.Dashboard.Access;

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
        var storage = services.GetRequiredService<Storage>();
        await storage.OpenAsync(services, stopping);
        services.GetRequiredService<KeyRingCheck>().Run();
        if (storage.IsShared)
            await services.GetRequiredService<FirstSharedKey>().MakeAsync(stopping);
        await services.GetRequiredService<StoredSecretsCheck>().RunAsync(stopping);

        // The data directory is locked by this process: whoever held a lease is gone. Leases of a shared database end by their time.
        if (!storage.IsShared)
            await services.GetRequiredService<LeaseSweep>().SweepAllAsync(stopping);

        var key = app.HasRole(NodeRoles.Api) ? await SeeToKeysAsync(app, services, stopping) : null;
        var administrator = app.HasRole(NodeRoles.Dashboard)
            ? await services.GetRequiredService<FirstAdministrator>().MakeAsync(stopping)
            : null;
        app.ShowWelcomeOnceStarted(key, administrator);
    }

    public static bool HasRole(this WebApplication app, NodeRoles role) => app.Services.GetRequiredService<NodeSelf>().Roles.HasFlag(role);

    private static async Task<FirstKey.Kept?> SeeToKeysAsync(WebApplication app, IServiceProvider services, CancellationToken stopping)
    {
        if (app.Environment.IsDevelopment())
            return await services.GetRequiredService<FirstKey>().GetAsync(stopping);
        if (!await HasKeyAsync(services, stopping))
            services.GetRequiredService<ILogger<FirstKey>>().NoKey();
        return null;
    }

    private static async Task<bool> HasKeyAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IOptions<AuthOptions>>().Value.BootstrapKey is not null
        || await services.GetRequiredService<ApiKeyStore>().HasLiveKeyAsync(cancellationToken);
}
