using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Core;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;
using Webhooks.Core.Operators;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Telemetry;
using Webhooks.Data.Sqlite;
using Webhooks.Server.Dashboard;
using Webhooks.Server.Dashboard.Access;
using Webhooks.Server.Dashboard.Acting;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>What lies behind the pages, in the test's own process and over a real SQLite file. One for each test class.</summary>
public sealed class DashboardInProcess : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("webhooks-dashboard-").FullName;
    private WebApplication _app = null!;

    /// <summary>The API's operations, by name, with their method.</summary>
    internal IReadOnlyDictionary<string, string> Operations => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .Where(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName.StartsWith("v1.", StringComparison.Ordinal) == true)
        .ToDictionary(
            e => e.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
            e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]);

    internal AsyncServiceScope Scope() => _app.Services.CreateAsyncScope();

    internal async Task<OperatorAnswer> AtDeskAsync(Func<OperatorDesk, Task<OperatorAnswer>> act)
    {
        await using var scope = Scope();
        return await act(scope.ServiceProvider.GetRequiredService<OperatorDesk>());
    }

    internal async Task<T> ReadAsync<T>(Func<WebhooksDbContext, Task<T>> read)
    {
        await using var scope = Scope();
        return await read(scope.ServiceProvider.GetRequiredService<WebhooksDbContext>());
    }

    /// <summary>The session that somebody would have who signed in now.</summary>
    internal async Task<ClaimsPrincipal> SessionOfAsync(OperatorId id)
    {
        await using var scope = Scope();
        var person = await scope.ServiceProvider.GetRequiredService<UserManager<Operator>>().FindByIdAsync(id.ToString());
        return await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Operator>>().CreateAsync(person!);
    }

    /// <summary>What a page does in which this session is.</summary>
    internal async Task<Reply> ActAsync(ClaimsPrincipal session, string operation, object? slots = null, object? body = null)
    {
        await using var scope = Scope();
        var services = scope.ServiceProvider;
        var actions = new OperatorActions(
            services.GetRequiredService<ApiOperations>(), new Page(session), services.GetRequiredService<IServiceScopeFactory>(), new Address());
        return await actions.RunAsync(operation, slots, body, TestContext.Current.CancellationToken);
    }

    internal async Task<OperatorAnswer> AdministerAsync(ClaimsPrincipal session, Func<OperatorDesk, Actor, Task<OperatorAnswer>> act)
    {
        await using var scope = Scope();
        var scopes = scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>();
        return await new OperatorAdministration(new Page(session), scopes).RunAsync(act);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Test" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Webhooks:Dashboard:AdministratorPassword"] = DashboardSite.Password });
        AddServices(builder);

        _app = builder.Build();
        _app.MapWebhooksApi();
        await using (var scope = Scope())
        {
            await SqliteMigration.MigrateAsync(scope.ServiceProvider.GetRequiredService<SqliteWebhooksDbContext>(), default);
            await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().MakeAsync(default);
        }

        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // No background jobs: Hangfire keeps things for the whole process, and would remember a server that has gone.
    private void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddWebhooksSqlite(_folder);
        services.AddTelemetry();
        services.AddSecrets();
        services.AddNetworkGuard();
        services.AddOutbox();
        services.AddDeliveries();
        services.AddRetention();
        services.AddLedger();
        services.AddWebhooksApi();
        services.AddDashboard(builder.Configuration);
    }

    private sealed class Page(ClaimsPrincipal session) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(session));
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://127.0.0.1/", "http://127.0.0.1/");
    }
}
