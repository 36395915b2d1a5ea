using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Ledger;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>What is settled is counted again as long as its rows must be there, and its seal holds whatever is found.</summary>
public abstract class LedgerRecountTests(Store store) : LedgerStoreTests(store)
{
    [Fact]
    public async Task Recount_RowIsGone_IsAResidueThatStaysAndTheSealStillHolds()
    {
        await GivenSealedAsync();
        var settled = await EntryAsync();
        await RemoveOneAsync();

        await RecountAsync();
        await CountAsync();
        await RecountAsync();

        var entry = await EntryAsync();
        (entry.Residue, entry.SettledAt, entry.Counts).ShouldBe((1, settled.SettledAt, settled.Counts));
        (await Db.Unbalanced().SingleAsync(Cancel)).Id.ShouldBe(entry.Id);
        LedgerTotals.ToOut(await LedgerTotals.Of(Db.LedgerHours).ToListAsync(Cancel)).Residue.ShouldBe(1);
        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldEndWith(": deliveries that came: 2, accounted for: 1.");
    }

    [Fact]
    public async Task Recount_RowIsBack_HasNoResidueAnyMore()
    {
        await GivenSealedAsync();
        var removed = await RemoveOneAsync();
        await RecountAsync();
        await Given.SaveAsync(removed);

        await RecountAsync();

        (await Db.Unbalanced().AnyAsync(Cancel)).ShouldBeFalse();
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recount_RowsWentWithTheirPeriod_IsNoResidue()
    {
        await GivenSealedAsync();
        Clock.Advance(Retention.Messages);
        await RemoveAfterAsync(Retention.Messages);

        await RecountAsync();

        (await Db.Deliveries.AnyAsync(Cancel)).ShouldBeFalse();
        (await EntryAsync()).Residue.ShouldBe(0);
    }

    [Fact]
    public async Task Recount_RowsWentWithAShorterPeriod_IsNoResidue()
    {
        await GivenSealedAsync();
        await RemoveAfterAsync(TimeSpan.FromDays(2));

        await RecountAsync();

        (await Db.Deliveries.AnyAsync(Cancel)).ShouldBeFalse();
        (await EntryAsync()).Residue.ShouldBe(0);
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recount_MoreEntriesThanARunCounts_GoesOnInTheNextAndBeginsAnewAfterTheLast()
    {
        await Given.SaveAsync([.. Enumerable.Range(0, LedgerRecount.MaxEntries + 1).Select(_ => Lost(1))]);

        List<int> found = [];
        for (var run = 0; run < 3; run++)
        {
            await RecountAsync();
            found.Add(await Db.Unbalanced().CountAsync(Cancel));
            await Given.WriteAsync(db => db.LedgerHours.ExecuteUpdateAsync(set => set.SetProperty(h => h.Residue, 0), Cancel));
        }

        found.ShouldBe([LedgerRecount.MaxEntries, 1, LedgerRecount.MaxEntries]);
    }

    [Fact]
    public async Task Recount_MoreDeliveriesThanARunCounts_StopsBehindThem()
    {
        await Given.SaveAsync(Lost(LedgerRecount.MaxDeliveries), Lost(1));

        await RecountAsync();
        var first = await Db.Unbalanced().CountAsync(Cancel);
        await RecountAsync();

        (first, await Db.Unbalanced().CountAsync(Cancel)).ShouldBe((1, 2));
    }

    /// <summary>A settled entry whose rows are all gone.</summary>
    private LedgerHour Lost(long deliveries) => new()
    {
        Id = Ids.New<LedgerHourId>(), Hour = LedgerTime.HourOf(Now), ApplicationId = Ids.New<ApplicationId>(),
        EndpointId = Ids.New<EndpointId>(), FirstSequence = 0, LastSequence = deliveries,
        Counts = new LedgerCounts { Delivered = deliveries }, CountedAt = Now, SettledAt = Now,
    };

    private async Task<Delivery> RemoveOneAsync()
    {
        var delivery = await Db.Deliveries.OrderBy(d => d.Id).FirstAsync(Cancel);
        await Given.WriteAsync(db => db.Deliveries.Where(d => d.Id == delivery.Id).ExecuteDeleteAsync(Cancel));
        return delivery;
    }
}
