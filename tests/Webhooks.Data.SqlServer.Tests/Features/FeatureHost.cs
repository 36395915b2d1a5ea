using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Telemetry;
using Webhooks.Data.SqlServer.Tests.Recording;
using Webhooks.Server.Dashboard;
using Webhooks.Server.OpenApi;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>All features on a server that is not there: what each would send to it is kept.</summary>
internal sealed class FeatureHost(RecordingServer server) : IAsyncDisposable
{
    private const string Key = "bootstrap-key-of-the-tests-0123456789";

    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler());

    private WebApplication _app = null!;

    public IServiceProvider Services => _app.Services;

    /// <param name="more">Services that the test puts in the place of others.</param>
    public static async Task<FeatureHost> StartAsync(RecordingServer server, Action<IServiceCollection>? more = null)
    {
        var host = new FeatureHost(server);
        await host.StartAsync(more);
        return host;
    }

    public async Task<OpenApiDescription> DescribeAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/swagger/v1/swagger.json", null);
        return new OpenApiDescription(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_app.Urls.Single() + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task StartAsync(Action<IServiceCollection>? more)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Webhooks:Auth:BootstrapKey"] = Key, ["Webhooks:Delivery:AllowedNetworks:0"] = "127.0.0.0/8",
        });
        AddServices(builder.Services);
        builder.Services.AddDashboard(builder.Configuration);
        more?.Invoke(builder.Services);

        _app = builder.Build();
        _app.UseWebhooksApi();
        _app.UseWebhooksOpenApi();
        _app.MapWebhooksApi();
        await _app.StartAsync();
    }

    private void AddServices(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<IWebhooksSql>(_ => server.NewSql());
        services.AddDbContext<SqlServerWebhooksDbContext>(options =>
            options.UseSqlServer(server.NewConnection(), contextOwnsConnection: true));
        services.AddScoped<WebhooksDbContext>(provider => provider.GetRequiredService<SqlServerWebhooksDbContext>());
        services.AddTelemetry();
        services.AddOutbox();
        services.AddDeliveries();
        services.AddRetention();
        services.AddLedger();
        services.AddSecrets();
        services.AddWebhooksApi();
        services.AddWebhooksOpenApi();
    }
}
