using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>Sending again what is held for a person, and to endpoints that hold.</summary>
public abstract class HeldReplayTests(Store store) : TaskTests(store)
{
    [Fact]
    public async Task Recover_ParkedAndUnknown_SendsWhatIsParkedAndLeavesWhatMayBeThere()
    {
        var endpoint = await Given.EndpointAsync(
            e => (e.Ordered, e.ParkAfter, e.UnknownOutcomePolicy) = (true, 1, UnknownOutcomePolicy.Hold), lane => lane.InFlightLimit = 10);
        var parked = await Given.KeyedMessagesAsync(endpoint, "a");
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);
        await Given.KeyedMessagesAsync(endpoint, "b");
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));

        (done.Matched, done.Sent, done.MayBeDuplicates).ShouldBe((1, 1, 0));
        (await WithReplayAsync(endpoint, 1)).ShouldBe(parked);
        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint))).Matched.ShouldBe(0);
    }

    [Fact]
    public async Task BulkReplay_HeldForItsUnknownOutcome_MayBeADuplicate()
    {
        var endpoint = await Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);
        await AttemptedAsync(endpoint, 1, Answers.Unknown);

        var task = await ReplayAsync(BackgroundTaskKind.BulkReplay, endpoint, asked => asked with { Status = MessageStatus.Pending });

        var done = await ReplayedAsync(task);
        (done.Sent, done.MayBeDuplicates).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Any_HeldForAPerson_IsDecidedByBeingSentAgain()
    {
        var endpoint = await Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);
        await AttemptedAsync(endpoint, 2, Answers.Unknown);
        var first = (await Db.Deliveries.OrderBy(d => d.Sequence).FirstAsync(Cancel)).MessageId;

        await Given.ResendAsync(first, endpoint);

        var deliveries = await Db.Deliveries.OrderBy(d => d.Sequence).ToListAsync(Cancel);
        deliveries.Select(d => d.State).ShouldBe([DeliveryState.Canceled, DeliveryState.Held, DeliveryState.Waiting]);
        (deliveries[0].HoldReason, deliveries[0].FinishedAt).ShouldBe((null, Now));
        (deliveries[2].MessageId, deliveries[2].LastOutcome).ShouldBe((first, AttemptOutcome.Unknown));
    }

    [Fact]
    public async Task Any_PausedEndpoint_HoldsWhatIsSentUntilItIsResumed()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 3, Answers.Status(400));
        await Given.WriteAsync(async db =>
        {
            await db.Endpoints.Where(e => e.Id == endpoint).ExecuteUpdateAsync(set => set.SetProperty(e => e.PausedAt, Now), Cancel);
            await new LaneSwitch(db, Clock).HoldAsync(endpoint, Cancel);
        });

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));
        var whilePaused = (await ClaimAsync()).Deliveries.Count;
        await Given.ResumeAsync(endpoint);

        (done.Sent, whilePaused).ShouldBe((3, 0));
        (await ClaimAsync()).Deliveries.ShouldHaveSingleItem().TriggerType.ShouldBe(AttemptTrigger.Manual);
    }
}
