using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Nodes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Nodes;

public abstract class NodeHeartbeatTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Start_OfANode_AnnouncesItByTheDatabasesClock()
    {
        var before = await Sql.GetUtcNowAsync(Cancel);
        using var heartbeat = NewHeartbeat("node-1");

        await heartbeat.StartAsync(Cancel);

        var node = await Db.Nodes.SingleAsync(Cancel);
        (node.Name, node.Roles, node.Version, node.StartedAt).ShouldBe(("node-1", NodeRoles.Worker, "1.2.3", Now));
        node.SeenAt.ShouldBeInRange(before, await Sql.GetUtcNowAsync(Cancel));
        await heartbeat.StopAsync(Cancel);
    }

    [Fact]
    public async Task Stop_OfANode_SignsItOffAndNoOther()
    {
        using var first = NewHeartbeat("node-1");
        using var second = NewHeartbeat("node-2");
        await first.StartAsync(Cancel);
        await second.StartAsync(Cancel);

        await first.StopAsync(Cancel);

        (await Db.Nodes.SingleAsync(Cancel)).Name.ShouldBe("node-2");
        await second.StopAsync(Cancel);
    }

    [Fact]
    public async Task Beat_TenSecondsLater_IsSeenAgain()
    {
        using var heartbeat = NewHeartbeat("node-1");
        await heartbeat.StartAsync(Cancel);
        var first = (await Db.Nodes.SingleAsync(Cancel)).SeenAt;

        await BeatsAsync(node => node.SeenAt > first);

        await heartbeat.StopAsync(Cancel);
    }

    [Fact]
    public async Task Beat_AfterTheRowWasRemoved_AnnouncesTheNodeAnew()
    {
        using var heartbeat = NewHeartbeat("node-1");
        await heartbeat.StartAsync(Cancel);
        await Given.WriteAsync(db => db.Nodes.ExecuteDeleteAsync(Cancel));

        await BeatsAsync(node => node.Name == "node-1");

        await heartbeat.StopAsync(Cancel);
    }

    /// <summary>Lets time pass until a node is there that is so.</summary>
    private async Task BeatsAsync(Func<Node, bool> holds)
    {
        while (!(await Db.Nodes.ToListAsync(Cancel)).Exists(node => holds(node)))
        {
            Cancel.ThrowIfCancellationRequested();
            Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    private NodeHeartbeat NewHeartbeat(string name)
    {
        var services = new ServiceCollection().AddScoped(_ => NewContext()).BuildServiceProvider();
        return new NodeHeartbeat(
            services.GetRequiredService<IServiceScopeFactory>(), Sql, new NodeName(name), new NodeSelf(NodeRoles.Worker, "1.2.3"), Clock,
            NullLogger<NodeHeartbeat>.Instance);
    }
}
