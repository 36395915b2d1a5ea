using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what runs without a request.</summary>
public sealed class BackgroundQueriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly object?[][] Row = [[new Any(true)]];

    // Loops work until nothing is left: after some statements there is nothing.
    private readonly RecordingServer _server;
    private FeatureHost _host = null!;
    private int _left = 20;

    public BackgroundQueriesTests() => _server = new(_ => _left-- > 0 ? [Row] : []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task EndpointCleanup() =>
        BindsAsync(services => ActivatorUtilities.CreateInstance<EndpointCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task IdempotencyCleanup() =>
        BindsAsync(services => ActivatorUtilities.CreateInstance<IdempotencyCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task LeaseSweep() => BindsAsync(
        services => Core.Deliveries.LeaseSweep.Lost(services.GetRequiredService<WebhooksDbContext>(), Now).ToListAsync(Cancel),
        "leased_until");

    [Fact]
    public Task ApiKeyUsage() => BindsAsync(
        services =>
        {
            var usage = services.GetRequiredService<ApiKeyUsage>();
            usage.Note(new ApiKeyId(7), Now);
            return usage.WriteAsync(Cancel);
        },
        "last_used_at");

    [Fact]
    public Task ApiKeyStore() => BindsAsync(services => services.GetRequiredService<ApiKeyStore>().HasLiveKeyAsync(Cancel), "EXISTS");

    [Fact]
    public Task Resend() => BindsAsync(
        services => services.GetRequiredService<Resend>().AddAsync(new MessageId(7), new EndpointId(7), Cancel), "replay_number");

    [Fact]
    public Task LaneSwitch() => BindsAsync(
        async services =>
        {
            var lanes = services.GetRequiredService<LaneSwitch>();
            await lanes.HoldAllAsync(new ApplicationId(7), Cancel);
            await lanes.ResumeAsync(new EndpointId(7), Cancel);
            await lanes.RetuneAsync(new EndpointId(7), 3, Cancel);
        },
        "CASE");

    private async Task BindsAsync(Func<IServiceProvider, Task> work, string mark)
    {
        await using var scope = _host.Services.CreateAsyncScope();

        await work(scope.ServiceProvider);

        _server.Sent.ShouldContain(command => command.Text.Contains(mark, StringComparison.Ordinal));
        _server.ShouldBind();
    }

    public async ValueTask InitializeAsync() => _host = await FeatureHost.StartAsync(_server);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
