using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Core.Telemetry;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what runs without a request.</summary>
public sealed class BackgroundQueriesTests : BoundQueries
{
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
        Left = 0; // any row would be published to an application that is not there
        return BindsAsync(
            services => ActivatorUtilities.CreateInstance<OperationalRelay>(services).RunAsync(Cancel), "operational_events");
    }

    [Fact]
    public Task Backlog()
    {
        Row = [[new Any(true, IsFull: true)]];
        return BindsAsync(
            services => BacklogSampler.SampleAsync(services.GetRequiredService<WebhooksDbContext>(), new LaneCensus(), Now, Cancel),
            "lanes");
    }

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
            Left = 3; // there is a dead node, it is read, and it has no leases any more
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
            Left = 0; // any row would have to be a key
            var table = ActivatorUtilities.CreateInstance<KeyTable>(services);
            table.GetAllElements().ShouldBeEmpty();
            table.StoreElement(new XElement("key"), "key-1");
            return Task.CompletedTask;
        },
        "INSERT");
}
