using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>Closed days are sealed, one hash on the other, and what was changed after it is found.</summary>
public abstract class LedgerSealTests(Store store) : LedgerStoreTests(store)
{
    [Fact]
    public async Task Seal_DayIsNotClosedYet_SealsNothing()
    {
        await GivenDayAsync();
        Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 1, 59, 59, TimeSpan.Zero));

        await SealAsync();

        (await Db.LedgerSeals.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Seal_DaysAreClosed_SealsThemInTurnAndNothingIsWrong()
    {
        await GivenDayAsync();
        Clock.Advance(TimeSpan.FromDays(3)); // two days without any entries

        await SealAsync();

        var seals = await Db.LedgerSeals.OrderBy(s => s.Day).ToListAsync(Cancel);
        seals.ConvertAll(s => s.Day).ShouldBe(["2026-11-23", "2026-11-24", "2026-11-25"]);
        seals[1].PreviousHash.ShouldBe(seals[0].Hash);
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Seal_ByManyNodesAtOnce_SealsEachDayOnce()
    {
        await GivenDayAsync();
        Clock.Advance(TimeSpan.FromDays(3));

        await Task.WhenAll(SealAsync(), SealAsync(), SealAsync());

        (await Db.LedgerSeals.CountAsync(Cancel)).ShouldBe(3);
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Verify_WhatWasOnItsWaySettledLater_IsNoFault()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        await BookAndCountAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        await SealAsync();
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await CountAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        await SealAsync();

        (await EntryAsync()).SettledAt.ShouldNotBeNull();
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Verify_EntryWasChanged_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.LedgerHours.ExecuteUpdateAsync(set => set.SetProperty(h => h.Filtered, 1), Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldStartWith("2026-11-23: entries of the books were changed");
    }

    [Fact]
    public async Task Verify_CountsOfASettledEntryWereChanged_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.LedgerHours.ExecuteUpdateAsync(
            set => set.SetProperty(h => h.Counts.Delivered, 1).SetProperty(h => h.Counts.Discarded, 1), Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldStartWith("2026-11-23: entries of the books were changed");
    }

    [Fact]
    public async Task Verify_EntryWasRemoved_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.LedgerHours.ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldStartWith("2026-11-23: entries of the books were changed");
    }

    [Fact]
    public async Task Verify_StatementWasChanged_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(async db =>
        {
            var seal = await db.LedgerSeals.AsTracking().OrderBy(s => s.Day).FirstAsync(Cancel);
            await db.LedgerSeals.Where(s => s.Day == seal.Day).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Statement, seal.Statement.Replace("\"accepted\":2", "\"accepted\":1", StringComparison.Ordinal)), Cancel);
        });

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldBe("2026-11-23: the statement is not the one that was sealed.");
    }

    [Fact]
    public async Task Verify_SealWasRemoved_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.LedgerSeals.Where(s => s.Day == "2026-11-24").ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldStartWith("2026-11-25: the seal does not follow the one before it");
    }

    [Fact]
    public async Task Verify_DeliveryOfASettledEntryWasRemoved_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldEndWith("2 deliveries came, 1 are accounted for.");
    }

    [Fact]
    public async Task Verify_DeliveriesWentWithTheirPeriod_IsNoFault()
    {
        await GivenSealedAsync();
        Clock.Advance(Retention.Messages);
        await Given.WriteAsync(db => db.Deliveries.ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    /// <summary>A day whose two deliveries were delivered, and which is counted.</summary>
    private async Task GivenDayAsync()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await BookAndCountAsync();
    }

    private async Task GivenSealedAsync()
    {
        await GivenDayAsync();
        Clock.Advance(TimeSpan.FromDays(3));
        await SealAsync();
    }
}
