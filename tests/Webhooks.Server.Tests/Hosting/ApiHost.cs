using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Core.Security.Network;
using Webhooks.Data.Sqlite;
using Webhooks.Server.OpenApi;

namespace Webhooks.Server.Tests.Hosting;

/// <summary>
/// The API on a real Kestrel and a real SQLite file. One for each test class; tests make applications of their own in it. No deliveries
/// go out: what the API writes stays as it is.
/// </summary>
public sealed class ApiHost : IAsyncLifetime
{
    public const string BootstrapKey = "bootstrap-key-of-the-tests-0123456789";

    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler());

    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-api-").FullName;
    private WebApplication _app = null!;

    /// <summary>Settings beside those that all tests have.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _app.Services;

    internal IdGenerator Ids => Services.GetRequiredService<IdGenerator>();

    /// <summary>A client with full access.</summary>
    public ApiClient Api => As(BootstrapKey);

    public ApiClient As(string? key) => new(Http, new Uri(_app.Urls.Single()), key);

    /// <summary>What is stored.</summary>
    internal async Task<T> ReadAsync<T>(Func<WebhooksDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<WebhooksDbContext>());
    }

    /// <summary>Puts something there that the API has no way to make.</summary>
    internal async Task WriteAsync(Action<WebhooksDbContext> write)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        await using var transaction = await Services.GetRequiredService<IWebhooksSql>().BeginWriteAsync(db, default);
        write(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Webhooks:Auth:BootstrapKey"] = BootstrapKey,
            ["Webhooks:Delivery:AllowedNetworks:0"] = "127.0.0.0/8",
        }).AddInMemoryCollection(Settings);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddWebhooksSqlite(_directory);
        TestServices.Add(builder.Services);
        builder.Services.AddSingleton<ResolveHost>((_, _) => throw new SocketException((int)SocketError.HostNotFound)); // nothing goes out
        builder.Services.AddWebhooksApi();
        builder.Services.AddWebhooksOpenApi();

        _app = builder.Build();
        _app.UseWebhooksApi();
        _app.UseWebhooksOpenApi();
        _app.MapWebhooksApi();
        _app.MapAcknowledgement();
        _app.MapGet("/api/fails", string () => throw new InvalidOperationException("secret detail"));
        _app.MapGet("/api/finds-the-disk-full", string () => throw new DbUpdateException("", new SqliteException("secret detail", 13)));
        await using (var scope = Services.CreateAsyncScope())
            await SqliteMigration.MigrateAsync(scope.ServiceProvider.GetRequiredService<SqliteWebhooksDbContext>(), default);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
