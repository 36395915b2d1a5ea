using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;
using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard;
using Webhooks.Server.Dashboard.Access;
using Webhooks.Server.Dashboard.Acting;
using Webhooks.Server.Startup;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>The server in the test's own process, for what lies behind the pages. One for each test class.</summary>
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
        var actions = new OperatorActions(
            scope.ServiceProvider.GetRequiredService<ApiOperations>(), new Page(session), scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>(), new Address());
        return await actions.RunAsync(operation, slots, body, TestContext.Current.CancellationToken);
    }

    internal async Task<OperatorAnswer> AdministerAsync(ClaimsPrincipal session, Func<OperatorDesk, Actor, Task<OperatorAnswer>> act)
    {
        await using var scope = Scope();
        return await new OperatorAdministration(new Page(session), scope.ServiceProvider.GetRequiredService<IServiceScopeFactory>()).RunAsync(act);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = _folder });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Webhooks:DataDirectory"] = Path.Combine(_folder, "data"),
            ["Webhooks:Dashboard:AdministratorPassword"] = DashboardSite.Password,
        });
        builder.AddWebhooks();
        _app = builder.Build();
        _app.MapApi();
        await _app.PrepareAsync();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
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
