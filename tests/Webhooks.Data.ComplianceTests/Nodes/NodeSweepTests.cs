using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Nodes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Nodes;

/// <summary>What a dead node had leased is taken over before its leases end, and a living one's never.</summary>
public abstract class NodeSweepTests(Store store) : StoreTests(store)
{
    private static readonly TimeSpan TooLong = Node.DeadAfter + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Sweep_NodeIsDead_ItsAttemptIsUnknownAndDueAgain()
    {
        await ClaimedByAsync("dead");
        await SeenAsync("dead", TooLong);

        (await SweepAsync()).ShouldBe(1);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.LastOutcome).ShouldBe((DeliveryState.Waiting, AttemptOutcome.Unknown));
        (await Db.Attempts.SingleAsync(Cancel)).Node.ShouldBe("dead");
        (await Db.Lanes.SingleAsync(Cancel)).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_NodeWasSeenWithinTheMinute_KeepsItsLeases()
    {
        await ClaimedByAsync("alive");
        await SeenAsync("alive", Node.DeadAfter / 2);

        (await SweepAsync()).ShouldBe(0);

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Sending);
    }

    [Fact]
    public async Task Sweep_OneNodeIsDead_LeavesTheOthers()
    {
        await ClaimedByAsync("dead");
        await ClaimedByAsync("alive");
        await SeenAsync("dead", TooLong);
        await SeenAsync("alive", TimeSpan.Zero);

        (await SweepAsync()).ShouldBe(1);

        (await Db.Deliveries.SingleAsync(d => d.State == DeliveryState.Sending, Cancel)).LeasedBy.ShouldBe("alive");
    }

    [Fact]
    public async Task Sweep_NodeNeverAnnouncedItself_LeavesItsLeasesToTheirEnd()
    {
        await ClaimedByAsync("unknown");

        (await SweepAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Record_OfANodeThatWasTakenForDead_WritesNothing()
    {
        var claimed = await ClaimedByAsync("dead");
        await SeenAsync("dead", TooLong);
        await SweepAsync();

        (await RecordAsync(Answers.Ok, claimed)).ShouldBe([false]);

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public async Task Cleanup_NodesOfYesterday_AreForgotten()
    {
        await SeenAsync("yesterday", TimeSpan.FromHours(25));
        await SeenAsync("today", TimeSpan.FromHours(23));

        await using (var db = NewContext())
            await new NodeCleanup(db, Sql).RunAsync(Cancel);

        (await Db.Nodes.Select(node => node.Name).ToListAsync(Cancel)).ShouldBe(["today"]);
    }

    private async Task<ClaimedDelivery> ClaimedByAsync(string node)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        return (await Sql.ClaimAsync(Claiming(node: node), Cancel)).Deliveries.Single();
    }

    private async Task SeenAsync(string name, TimeSpan ago)
    {
        var seenAt = await Sql.GetUtcNowAsync(Cancel) - ago;
        await Given.SaveAsync(new Node { Name = name, Roles = NodeRoles.All, Version = "1", StartedAt = seenAt, SeenAt = seenAt });
    }

    private async Task<int> SweepAsync()
    {
        await using var db = NewContext();
        var leases = new LeaseSweep(db, Recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        return await new NodeSweep(db, Sql, leases, NullLogger<NodeSweep>.Instance).RunAsync(Cancel);
    }
}
