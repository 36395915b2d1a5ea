using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Outbox;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>How much lanes were given goes into the books once, whoever reads it and whenever.</summary>
public abstract class LedgerBookingTests(Store store) : LedgerStoreTests(store)
{
    [Fact]
    public async Task Book_LaneWasGivenDeliveries_EntersTheirNumberInTheHour()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        Clock.Advance(TimeSpan.FromMinutes(50));

        await BookAsync();

        var entry = await EntryAsync();
        (entry.EndpointId, entry.FirstSequence, entry.LastSequence, entry.Accepted).ShouldBe((endpoint, 0, 3, 3));
        entry.Hour.ShouldBe(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        entry.ApplicationId.ShouldBe((await LaneAsync(endpoint)).ApplicationId);
    }

    [Fact]
    public async Task Book_MoreCameInTheSameHour_GoesOnWithTheEntryAndCountsItAgain()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await BookAndCountAsync();
        await Given.MessagesAsync(endpoint, 2);

        await BookAsync();

        var entry = await EntryAsync();
        (entry.Accepted, entry.CountedAt, entry.SettledAt).ShouldBe((5, LedgerHour.Never, null));
    }

    [Fact]
    public async Task Book_MoreCameInAnotherHour_BeginsWhereTheLastEntryEnds()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await BookAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await Given.MessagesAsync(endpoint, 2);

        await BookAsync();

        var entries = await Db.LedgerHours.OrderBy(h => h.Hour).ToListAsync(Cancel);
        entries.ConvertAll(h => (h.FirstSequence, h.LastSequence)).ShouldBe([(0, 3), (3, 5)]);
    }

    [Fact]
    public async Task Book_NothingCame_WritesNothing()
    {
        await Given.EndpointAsync();

        await BookAsync();

        (await Db.LedgerHours.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Book_ManyLanesAndManyNodesAtOnce_EntersEverythingOnce()
    {
        var application = await Given.ApplicationAsync();
        for (var i = 0; i < 120; i++)
            await Given.EndpointAsync(application);
        await Writer.CommitAsync([.. Enumerable.Repeat(Given.Event(application), 7)]);

        await Task.WhenAll(BookAsync(), BookAsync(), BookAsync());

        var entries = await Db.LedgerHours.ToListAsync(Cancel);
        entries.Count.ShouldBe(120);
        entries.ShouldAllBe(h => h.Accepted == 7);
    }

    [Fact]
    public async Task Book_FilterKeptSomeBack_EntersItBesideWhatCame()
    {
        var endpoint = await Given.EndpointAsync(e => e.Filter = """{"path":"$.n","lt":5}""");
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([Numbered(application, 1), Numbered(application, 7), Numbered(application, 8)]);

        await BookAsync();
        await BookAsync();

        var entry = await EntryAsync();
        (entry.Accepted, entry.Filtered).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Book_EmptyEntryFromAClockAhead_HoldsOnlyWhatCameAfterIt()
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Given.WriteAsync(db =>
        {
            db.LedgerHours.Add(new LedgerHour
            {
                Id = Ids.New<LedgerHourId>(),
                Hour = LedgerTime.HourOf(Now) + LedgerTime.Hour,
                ApplicationId = application,
                EndpointId = endpoint,
                FirstSequence = 0,
                LastSequence = 0,
            });
            return Task.CompletedTask;
        });
        await Given.MessagesAsync(endpoint, 3);
        await BookAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await Given.MessagesAsync(endpoint, 2);

        await BookAsync();

        var entries = await Db.LedgerHours.OrderBy(h => h.Hour).ToListAsync(Cancel);
        entries.ConvertAll(h => (h.FirstSequence, h.LastSequence)).ShouldBe([(0, 3), (3, 5)]);
    }

    [Fact]
    public async Task Book_NobodyBookedForDays_StillEntersWhatTheFilterKeptBackBefore()
    {
        var endpoint = await Given.EndpointAsync(e => e.Filter = """{"path":"$.n","lt":5}""");
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([Numbered(application, 1)]);
        await BookAsync();
        await Writer.CommitAsync([Numbered(application, 7), Numbered(application, 8)]);
        Clock.Advance(TimeSpan.FromDays(3));

        await SealAsync();

        (await EntryAsync()).Filtered.ShouldBe(2);
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Book_DayIsSealed_LeavesItsEntriesAlone()
    {
        var endpoint = await Given.EndpointAsync(e => e.Filter = """{"path":"$.n","lt":5}""");
        await Writer.CommitAsync([Numbered((await LaneAsync(endpoint)).ApplicationId, 7)]);
        Clock.Advance(TimeSpan.FromDays(3));
        await BookAsync();
        await SealAsync();
        await Given.WriteAsync(db => db.Deliveries.ExecuteDeleteAsync(Cancel));

        await BookAsync();

        (await EntryAsync()).Filtered.ShouldBe(1);
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Book_FilterKeptAllBack_StillHasAnEntry()
    {
        var endpoint = await Given.EndpointAsync(e => e.Filter = """{"path":"$.n","lt":5}""");
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([Numbered(application, 7)]);
        await BookAsync();
        await Writer.CommitAsync([Numbered(application, 1)]);

        await BookAndCountAsync();

        var entry = await EntryAsync();
        (entry.ApplicationId, entry.Accepted, entry.Filtered, entry.Residue).ShouldBe((application, 1, 1, 0));
    }

    [Fact]
    public async Task Clean_EndpointWasDeleted_BooksItsLaneBeforeItGoes()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await Given.HoldAsync(endpoint);
        await Given.WriteAsync(db => db.Endpoints.Where(e => e.Id == endpoint)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.DeletedAt, Now), Cancel));

        await WithAsync(db => new EndpointCleanup(
            db, Sql, new LaneSwitch(db, Clock), new LedgerBooking(db, Sql, Ids, Clock), new WebhooksMeter(Meters), Clock).RunAsync(Cancel));

        (await Db.Lanes.AnyAsync(Cancel)).ShouldBeFalse();
        await CountAsync();
        var entry = await EntryAsync();
        (entry.Accepted, entry.Counts.Canceled, entry.Residue).ShouldBe((3, 3, 0));
    }

    private static PublishRequest Numbered(ApplicationId application, int n) =>
        Given.Event(application, payload: Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""));
}
