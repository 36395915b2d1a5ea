using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Ledger;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>What became of deliveries is counted from their rows, and held against what came.</summary>
public abstract class LedgerCountTests(Store store) : LedgerStoreTests(store)
{
    [Fact]
    public async Task Count_EveryState_IsInItsColumn()
    {
        var endpoint = await Given.EndpointAsync(e => (e.RetrySchedule, e.UnknownOutcomePolicy) = ([], UnknownOutcomePolicy.Hold));
        await Given.MessagesAsync(endpoint, 7);
        var claimed = (await ClaimAsync(5)).Deliveries;
        await RecordAsync(Answers.Ok, claimed[0]);
        await RecordAsync(Answers.Unknown, claimed[1]); // held
        await RecordAsync(Answers.Status(500), claimed[2], claimed[3]); // dead
        await DecideAsync(claimed[3].Request.DeliveryId, DeadLetterState.Acknowledged);

        await BookAndCountAsync();

        var entry = await EntryAsync();
        entry.Counts.ShouldBe(new LedgerCounts
        {
            Delivered = 1, Held = 1, DeadUnacknowledged = 1, DeadAcknowledged = 1, Sending = 1, Waiting = 2,
        });
        (entry.Residue, entry.SettledAt).ShouldBe((0, null));
    }

    [Fact]
    public async Task Count_LaneIsHeld_WhatWaitsIsHeldUntilItIsReleased()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await ClaimAsync(1);
        await Given.HoldAsync(endpoint);
        await BookAndCountAsync();
        var held = await EntryAsync();
        await Given.WriteAsync(db => db.Lanes.ExecuteUpdateAsync(set => set.SetProperty(l => l.Held, false), Cancel));

        await CountAsync();

        held.Counts.ShouldBe(new LedgerCounts { Held = 2, Sending = 1 });
        (await EntryAsync()).Counts.ShouldBe(new LedgerCounts { Waiting = 2, Sending = 1 });
    }

    [Fact]
    public async Task Count_PeopleDecided_IsReplayedOrDiscardedAndSettled()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.MessagesAsync(endpoint, 2);
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Status(500), claimed);
        await DecideAsync(claimed[0].Request.DeliveryId, DeadLetterState.Replayed);
        await DecideAsync(claimed[1].Request.DeliveryId, DeadLetterState.Discarded);

        await BookAndCountAsync();

        var entry = await EntryAsync();
        entry.Counts.ShouldBe(new LedgerCounts { Replayed = 1, Discarded = 1 });
        entry.SettledAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Count_UnknownAndThenDelivered_MayBeADuplicate()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Unknown, claimed[0]);
        await RecordAsync(Answers.NotSent, claimed[1]);
        Clock.Advance(TimeSpan.FromMinutes(10));
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        await BookAndCountAsync();

        var entry = await EntryAsync();
        (entry.Counts.Delivered, entry.Counts.DuplicatesPossible).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Count_UnknownAndThenAReceipt_IsDeliveredAndNoDuplicate()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Unknown, claimed);
        Clock.Advance(TimeSpan.FromMinutes(10));
        var again = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Received, again[0]);
        await RecordAsync(Answers.Unknown, again[1]);
        Clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(Answers.Received, (await ClaimAsync()).Deliveries);

        await BookAndCountAsync();

        // The second was sent twice before its receipt.
        var entry = await EntryAsync();
        (entry.Counts.Delivered, entry.Counts.DuplicatesPossible, entry.Residue, entry.SettledAt).ShouldBe((2, 1, 0, Now));
    }

    [Theory]
    [InlineData((int)UnknownOutcomePolicy.Hold)]
    [InlineData((int)UnknownOutcomePolicy.DeadLetter)]
    public async Task Count_PersonSaysThatItArrived_IsDeliveredAndSettled(int policy)
    {
        var endpoint = await Given.EndpointAsync(e => e.UnknownOutcomePolicy = (UnknownOutcomePolicy)policy);
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);
        await BookAndCountAsync();
        var before = await EntryAsync();

        await Given.WriteAsync(async db =>
        {
            var desk = new DeadLetterDesk(db, new Resend(db, Ids, Clock), new WebhooksMeter(Meters), Clock);
            var letter = await db.DeadLetters.Select(l => l.DeliveryId).SingleAsync(Cancel);
            (await desk.ArriveAsync(letter, "somebody", null, Cancel)).ShouldBeNull();
        });
        await CountAsync();

        var entry = await EntryAsync();
        (before.Counts.Unsettled, before.Residue, before.SettledAt).ShouldBe((1, 0, null));
        entry.Counts.ShouldBe(new LedgerCounts { Delivered = 1 });
        (entry.Residue, entry.SettledAt).ShouldBe((0, Now));
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Count_DeliveredAndSentAgain_IsAReplayThatMayBeADuplicate()
    {
        var endpoint = await Given.EndpointAsync();
        var message = (await Given.MessagesAsync(endpoint, 1))[0];
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await Given.ResendAsync(message, endpoint);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        await BookAndCountAsync();

        var entry = await EntryAsync();
        (entry.Accepted, entry.Counts.Delivered, entry.Counts.Replays, entry.Counts.DuplicatesPossible, entry.Residue)
            .ShouldBe((2, 2, 1, 1, 0));
    }

    [Fact]
    public async Task Count_RowIsGone_IsAResidueThatStays()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Ok, claimed);
        await Given.WriteAsync(db => db.Deliveries.Where(d => d.Id == claimed[0].Request.DeliveryId).ExecuteDeleteAsync(Cancel));

        await BookAndCountAsync();
        await CountAsync();

        var entry = await EntryAsync();
        (entry.Residue, entry.SettledAt).ShouldBe((1, null));
        (await Db.Unbalanced().SingleAsync(Cancel)).Id.ShouldBe(entry.Id);
    }

    [Fact]
    public async Task Count_DeadLetterIsGone_IsAResidue()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);
        await Given.WriteAsync(db => db.DeadLetters.ExecuteDeleteAsync(Cancel));

        await BookAndCountAsync();

        (await EntryAsync()).Residue.ShouldBe(1);
    }

    [Fact]
    public async Task Count_BooksBalance_NothingIsUnbalanced()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await BookAsync();
        var beforeCount = await Db.Unbalanced().AnyAsync(Cancel);

        await CountAsync();

        (beforeCount, await Db.Unbalanced().AnyAsync(Cancel)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Count_RetentionMayHaveRemovedWhatHadEnded_KeepsItsCountAndGoesOnWithTheRest()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 5);
        var claimed = (await ClaimAsync(2)).Deliveries;
        await RecordAsync(Answers.Ok, claimed);
        await BookAndCountAsync();
        Clock.Advance(Retention.Messages + TimeSpan.FromHours(1));
        await Given.WriteAsync(db => db.Deliveries.Where(d => d.State == DeliveryState.Delivered).ExecuteDeleteAsync(Cancel));
        await RecordAsync(Answers.Ok, (await ClaimAsync(1)).Deliveries);

        await CountAsync();

        var entry = await EntryAsync();
        (entry.Counts.Delivered, entry.Counts.EndedLater, entry.Counts.Waiting, entry.Residue).ShouldBe((2, 1, 2, 0));
    }

    [Fact]
    public async Task Count_ResidueIsOlderThanThePeriodOfRetention_StaysAResidue()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));
        await BookAndCountAsync();
        Clock.Advance(Retention.Messages + TimeSpan.FromHours(1));
        await Given.WriteAsync(db => db.Deliveries.ExecuteDeleteAsync(Cancel));

        await CountAsync();

        var entry = await EntryAsync();
        (entry.Counts.Delivered, entry.Counts.EndedLater, entry.Residue, entry.SettledAt).ShouldBe((2, 0, 1, null));
        (await Db.Unbalanced().AnyAsync(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Count_PeriodWasShorterOnce_MissesNothingThatWentThen()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await RecordAsync(Answers.Ok, (await ClaimAsync(2)).Deliveries);
        await BookAndCountAsync();
        Clock.Advance(TimeSpan.FromDays(10));
        await RemoveAfterAsync(TimeSpan.FromDays(7));

        await CountAsync();

        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(1);
        var entry = await EntryAsync();
        (entry.Counts.Delivered, entry.Counts.Waiting, entry.Residue).ShouldBe((2, 1, 0));
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Count_MoreCameMeanwhile_LeavesTheEntryForTheNextTime()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await BookAndCountAsync();
        var counted = await EntryAsync();
        await Given.MessagesAsync(endpoint, 1);
        await BookAsync();

        var entry = await EntryAsync();

        (counted.Residue, entry.Residue).ShouldBe((0, 0));
        (await Db.Unbalanced().AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Total_CountedAndNot_AddsUp()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await BookAndCountAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await Given.MessagesAsync(endpoint, 2);
        await BookAsync();

        var total = LedgerTotals.ToOut(await LedgerTotals.Of(Db.LedgerHours).ToListAsync(Cancel));

        (total.Entries, total.Accepted, total.Counts.Waiting, total.NotCountedYet, total.Residue).ShouldBe((2, 5, 3, 2, 0));
    }

    private Task DecideAsync(DeliveryId delivery, DeadLetterState state) => Given.WriteAsync(db =>
        db.DeadLetters.Where(d => d.DeliveryId == delivery).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, state), Cancel));
}
