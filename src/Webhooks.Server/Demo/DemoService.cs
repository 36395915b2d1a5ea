using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Core;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;
using Webhooks.Core.Nodes;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Telemetry;
using Webhooks.Server.Demo.Weather;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Demo;

/// <summary>
/// The service as the demonstration uses it: all that decides and writes is the real one. It listens nowhere, nothing runs by itself, and
/// nothing goes out.
/// </summary>
internal sealed class DemoService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Storage _storage;
    private readonly RequestDelegate _pipeline;

    private DemoService(WebApplication app, Storage storage, DemoClock clock)
    {
        (_app, _storage, Clock) = (app, storage, clock);
        app.UseWebhooksApi();
        app.MapWebhooksApi();
        app.UseEndpoints(_ => { });
        _pipeline = ((IApplicationBuilder)app).Build();
    }

    public DemoClock Clock { get; }

    /// <summary>Where the database is.</summary>
    public string Folder => _storage.Location;

    public static DemoService Build(WebApplicationBuilder builder, DemoWords asked)
    {
        var clock = new DemoClock(asked.Until - DemoTimes.Before);
        builder.Logging.ClearProviders(); // what a played week has to say would alarm whoever reads it
        var storage = builder.AddStorage(migrates: true);
        StorageEngine.FillInOneGo(builder.Services, storage.Location);
        builder.Services.AddTelemetry();
        builder.Services.AddWebhooksKeyRing(builder.Configuration, builder.Environment, storage.Location);
        builder.Services.AddSecrets();
        builder.Services.AddWebhooksApi();
        builder.Services.AddOutbox();
        builder.Services.AddDeliveries();
        builder.Services.AddRetention();
        builder.Services.AddLedger();
        builder.Services.AddNodes(NodeRoles.All);
        builder.Services.AddNotificationSending();
        builder.Services.AddScoped<LeaseSweep>().AddScoped<OperationalRelay>();
        PlayTheWorld(builder.Services, clock, asked);
        return new DemoService(builder.Build(), storage, clock);
    }

    /// <summary>Time, names' addresses and people's channels. Endpoints are played by <see cref="DemoSending"/>.</summary>
    private static void PlayTheWorld(IServiceCollection services, DemoClock clock, DemoWords asked)
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        services.Replace(ServiceDescriptor.Singleton<ResolveHost>(
            (host, _) => throw new InvalidOperationException($"The demonstration asked for the address of {host}.")));
        services.RemoveAll<IChannelSender>();
        foreach (var type in Enum.GetValues<ChannelType>())
            services.AddSingleton<IChannelSender>(new PlayedChannel(type, clock, asked.Until - DemoTimes.ChannelRemoved));
    }

    public async Task OpenAsync()
    {
        _app.Services.GetRequiredService<IStartupValidator>().Validate();
        await using var scope = _app.Services.CreateAsyncScope();
        await _storage.MigrateAsync(scope.ServiceProvider, CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<KeyRingCheck>().Run();
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public DemoApi Api(string key) => new(_pipeline, _app.Services, key);

    public async Task<T> ReadAsync<T>(Func<WebhooksDbContext, Task<T>> read) =>
        await InScopeAsync<WebhooksDbContext, T>(read);

    public Task WriteAsync(Action<WebhooksDbContext> write) => InScopeAsync<WebhooksDbContext>(async db =>
    {
        await using var transaction = await Get<IWebhooksSql>().BeginWriteAsync(db, CancellationToken.None);
        write(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    });

    /// <summary>Does one piece of work as the workers do: in a scope of its own.</summary>
    public async Task<T> InScopeAsync<TWork, T>(Func<TWork, Task<T>> work) where TWork : notnull
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TWork>());
    }

    /// <inheritdoc cref="InScopeAsync{TWork, T}"/>
    public async Task InScopeAsync<TWork>(Func<TWork, Task> work) where TWork : notnull
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<TWork>());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
