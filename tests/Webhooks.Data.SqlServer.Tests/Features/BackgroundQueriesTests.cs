using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Core.Telemetry;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what runs without a request.</summary>
public sealed class BackgroundQueriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private object?[][] _row = [[new Any(true)]];

    // Loops work until nothing is left: after some statements there is nothing.
    private readonly RecordingServer _server;
    private FeatureHost _host = null!;
    private int _left = 20;

    public BackgroundQueriesTests() => _server = new(_ => _left-- > 0 ? [_row] : []);

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
        async services =>
        {
            await services.GetRequiredService<Resend>()
                .AddAllAsync([new MessageId(7), new MessageId(8)], new EndpointId(7), "key_7", Cancel);
            await services.GetRequiredService<WebhooksDbContext>().SaveChangesAsync(Cancel);
        },
        "INSERT INTO [deliveries]");

    [Fact]
    public Task LaneSwitch() => BindsAsync(
        async services =>
        {
            var lanes = services.GetRequiredService<LaneSwitch>();
            await lanes.HoldAllAsync(new ApplicationId(7), Cancel);
            await lanes.ResumeAsync(new EndpointId(7), Cancel);
            await lanes.RetuneAsync(new EndpointId(7), 3, Cancel);
            await lanes.PaceAsync(new EndpointId(7), 3, Cancel);
        },
        "CASE");

    [Fact]
    public Task LaneArrival() => BindsAsync(
        services => services.GetRequiredService<WebhooksDbContext>().ArriveAsync(new EndpointId(7), 2, Now, Cancel), "last_sequence");

    [Fact]
    public Task OperationalRelay()
    {
        _left = 0; // any row would be published to an application that is not there
        return BindsAsync(
            services => ActivatorUtilities.CreateInstance<OperationalRelay>(services).RunAsync(Cancel), "operational_events");
    }

    [Fact]
    public Task BulkReplay()
    {
        _row = [[new Any(true, IsFull: true)]];
        return BindsAsync(services => ReplayAsync(services, BackgroundTaskKind.BulkReplay), "status_code");
    }

    [Fact]
    public Task ReplayMissing() => BindsAsync(services => ReplayAsync(services, BackgroundTaskKind.ReplayMissing), "filter");

    [Fact]
    public Task DeadLetterReplay()
    {
        _row = [[new Any(false, IsFull: true)]]; // its endpoint is neither disabled nor paused, so it is sent again
        return BindsAsync(
            services => services.GetRequiredService<DeadLetterReplayStep>().RunAsync(
                TaskOf(BackgroundTaskKind.DeadLetterReplay, Letters, new DeadLetterReplayProgress { DryRun = false }), Cancel),
            "[replay_delivery_id] = (");
    }

    [Fact]
    public Task DeadLetterDiscard() => BindsAsync(
        services => services.GetRequiredService<DeadLetterDiscardStep>().RunAsync(
            TaskOf(BackgroundTaskKind.DeadLetterDiscard, Letters, new DeadLetterDiscardProgress { DryRun = false }), Cancel),
        "UPDATE");

    private static readonly DeadLetterTaskParameters Letters = new()
    {
        Filter = new DeadLetterFilter
        {
            ApplicationId = new ApplicationId(7), EndpointId = new EndpointId(7), IncidentId = new IncidentId(7),
            Status = DeadLetterStatus.Undecided,
        },
        DryRun = false, By = "key_7", Note = "Booked by hand.",
    };

    [Fact]
    public Task Usage() => BindsAsync(
        services => services.GetRequiredService<UsageStep>().RunAsync(
            TaskOf(BackgroundTaskKind.ApplicationUsage, new UsageParameters(Now.AddDays(-1), Now, null), new UsageProgress([])), Cancel),
        "DISTINCT");

    [Fact]
    public Task BackgroundTaskRunner() => BindsAsync(
        services => services.GetRequiredService<BackgroundTaskRunner>().RunAsync(new BackgroundTaskId(7), Cancel), "UPDATE");

    [Fact]
    public Task BackgroundTaskCleanup() => BindsAsync(
        services => ActivatorUtilities.CreateInstance<BackgroundTaskCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task Backlog()
    {
        _row = [[new Any(true, IsFull: true)]];
        return BindsAsync(
            services => BacklogSampler.SampleAsync(services.GetRequiredService<WebhooksDbContext>(), new LaneCensus(), Now, Cancel),
            "lanes");
    }

    [Fact]
    public Task TaskTakeover() => BindsAsync(
        services => ActivatorUtilities.CreateInstance<TaskTakeover>(services).TakeAsync(Cancel), "UPDATE");

    [Fact]
    public Task NodeHeartbeat() => BindsAsync(
        async services =>
        {
            using var heartbeat = ActivatorUtilities.CreateInstance<NodeHeartbeat>(services, new NodeSelf(NodeRoles.All, "1.0.0"));
            await heartbeat.StartAsync(Cancel);
            await heartbeat.StopAsync(Cancel);
        },
        "UPDATE");

    [Fact]
    public Task NodeSweep() => BindsAsync(
        services =>
        {
            _left = 3; // there is a dead node, it is read, and it has no leases any more
            var leases = ActivatorUtilities.CreateInstance<LeaseSweep>(services);
            return ActivatorUtilities.CreateInstance<NodeSweep>(services, leases).RunAsync(Cancel);
        },
        "leased_until");

    [Fact]
    public Task NodeCleanup() =>
        BindsAsync(services => ActivatorUtilities.CreateInstance<NodeCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task KeyTable() => BindsAsync(
        services =>
        {
            _left = 0; // any row would have to be a key
            var table = ActivatorUtilities.CreateInstance<KeyTable>(services);
            table.GetAllElements().ShouldBeEmpty();
            table.StoreElement(new XElement("key"), "key-1");
            return Task.CompletedTask;
        },
        "INSERT");

    // A dry run, because the endpoint may be disabled.
    private static Task<TaskStep> ReplayAsync(IServiceProvider services, BackgroundTaskKind kind)
    {
        var asked = new ReplayParameters
        {
            Since = Now.AddDays(-1), Until = Now, DryRun = true, EventTypes = ["invoice.paid"], Channel = "orders", StatusCodeClass = 500,
        };
        var task = TaskOf(kind, asked, new ReplayProgress { DryRun = true });
        return services.GetRequiredService<ReplayStep>().RunAsync(task, Cancel);
    }

    private static BackgroundTask TaskOf(BackgroundTaskKind kind, object parameters, object progress) => new()
    {
        Id = new BackgroundTaskId(7), Kind = kind, State = BackgroundTaskState.Running, ApplicationId = new ApplicationId(7),
        EndpointId = new EndpointId(7), Parameters = TaskJson.Write(parameters), Progress = TaskJson.Write(progress),
        CreatedAt = Now, UpdatedAt = Now,
    };

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
