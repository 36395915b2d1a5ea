using Webhooks.Benchmarks.Processes;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Data.Sqlite;
using Webhooks.Protocol;

namespace Webhooks.Benchmarks.Seeding;

/// <summary>Fills a database before the server is started on it: what a benchmark needs to find there is not what it measures.</summary>
internal sealed class Seed : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly AsyncServiceScope _scope;
    private readonly IdGenerator _ids = new(TimeProvider.System);

    private Seed(IHost host) => (_host, _scope) = (host, host.Services.CreateAsyncScope());

    public SqliteDatabase Database => _host.Services.GetRequiredService<SqliteDatabase>();

    public IWebhooksSql Sql => _host.Services.GetRequiredService<IWebhooksSql>();

    private SqliteWebhooksDbContext Db => _scope.ServiceProvider.GetRequiredService<SqliteWebhooksDbContext>();

    public static async Task<Seed> OpenAsync(DataFolder folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection([new("Webhooks:Security:MasterKey", ServerProcess.MasterKey)]);
        builder.Services.AddSingleton(TimeProvider.System).AddWebhooksSqlite(folder.Path).AddSecrets()
            .AddWebhooksKeyRing(builder.Configuration, builder.Environment, folder.Path);
        var seed = new Seed(builder.Build());
        await SqliteMigration.MigrateAsync(seed.Db, CancellationToken.None);
        return seed;
    }

    /// <summary>An application with one endpoint; null for none.</summary>
    /// <param name="held">The endpoint is disabled: what it matches is held.</param>
    public async Task<(ApplicationId Application, EndpointId Endpoint)> AddAsync(string? url, bool held = false)
    {
        var now = TimeProvider.System.GetUtcMicroseconds();
        var application = new Application { Id = _ids.New<ApplicationId>(), Name = "Benchmark", CreatedAt = now, UpdatedAt = now };
        var endpointId = _ids.New<EndpointId>();
        Db.Add(application);
        if (url is not null)
            Add(application.Id, endpointId, url, held, now);
        await Db.SaveChangesAsync();
        Db.ChangeTracker.Clear();
        return (application.Id, endpointId);
    }

    public async Task<IReadOnlyList<(ApplicationId Application, EndpointId Endpoint)>> AddManyAsync(int count, Uri url, bool held = false)
    {
        var added = new List<(ApplicationId, EndpointId)>(count);
        for (var i = 0; i < count; i++)
            added.Add(await AddAsync(url.ToString(), held));
        return added;
    }

    private void Add(ApplicationId application, EndpointId id, string url, bool held, DateTimeOffset now)
    {
        var secret = _host.Services.GetRequiredService<SecretProtectors>().EndpointSecrets.Protect(SymmetricSecret.Generate().Reveal());
        Db.Add(new Core.Endpoints.Endpoint { Id = id, ApplicationId = application, Url = url, Disabled = held, CreatedAt = now, UpdatedAt = now });
        Db.Add(new Core.Endpoints.EndpointSecret { Id = _ids.New<EndpointSecretId>(), EndpointId = id, Protected = secret, CreatedAt = now });
        Db.Add(new Lane { EndpointId = id, ApplicationId = application, InFlightLimit = 10, Held = held });
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        _host.Dispose();
    }
}
