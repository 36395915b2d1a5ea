using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Data;

/// <summary>What goes through EF Core, beside other nodes that do the same and beside the hot paths.</summary>
public abstract class WriteRaceTests(SharedStore store) : SharedStoreTests(store)
{
    private const int Nodes = 4;

    [Fact]
    public async Task BeginWrite_TwoNodesLookAndThenWrite_SecondSeesWhatTheFirstWrote()
    {
        for (var round = 0; round < 20; round++)
        {
            var uid = $"uid-{round}";
            await TogetherAsync(Enumerable.Repeat(() => AddUnlessThereAsync(uid), Nodes));
        }

        (await Db.Applications.CountAsync(application => application.Uid != null, Cancel)).ShouldBe(20);
    }

    [Fact]
    public async Task Cleanup_RecordHandsADeliveryBackMeanwhile_CancelsItToo()
    {
        var endpoint = await Given.EndpointAsync(e => e.DeletedAt = Now, lane => lane.InFlight = 1);
        await Given.SaveAsync(new Delivery
        {
            Id = Ids.New<DeliveryId>(), MessageId = Ids.New<MessageId>(), EndpointId = endpoint, ReplayNumber = 0, Sequence = 1,
            TriggerType = AttemptTrigger.Scheduled, State = DeliveryState.Sending, DueAt = Now, CreatedAt = Now,
        });
        await using var record = await BeginAsync(async db =>
        {
            await db.Lanes.ExecuteUpdateAsync(set => set.SetProperty(lane => lane.InFlight, 0), Cancel);
            await db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.State, DeliveryState.Waiting), Cancel);
        });

        var cleaning = CleanAsync();
        await OneWaitsAsync();
        await record.Database.CommitTransactionAsync(Cancel);
        await cleaning;

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Canceled);
        (await Db.Lanes.CountAsync(Cancel)).ShouldBe(0);
    }

    private async Task CleanAsync()
    {
        await using var db = NewContext();
        await new EndpointCleanup(
            db, Sql, new LaneSwitch(db, Clock), new LedgerBooking(db, Sql, Ids, Clock), new WebhooksMeter(Meters), Clock).RunAsync(Cancel);
    }

    private async Task<bool> AddUnlessThereAsync(string uid)
    {
        await Given.WriteAsync(async db =>
        {
            if (await db.Applications.AnyAsync(application => application.Uid == uid, Cancel))
                return;
            db.Add(new Application { Id = Ids.New<ApplicationId>(), Uid = uid, Name = uid, CreatedAt = Now, UpdatedAt = Now });
            await db.SaveChangesAsync(Cancel);
        });
        return true;
    }
}
