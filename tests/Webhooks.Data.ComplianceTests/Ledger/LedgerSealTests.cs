using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Ledger;
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

        (await FindFaultsAsync()).ShouldBe([
            "2026-11-25: the seal does not follow the one before it; that one was changed or removed.",
            "2026-11-24: by the audit log this day was sealed, and its seal is gone."]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Verify_SealsUpToTheNewestWereRemoved_IsFoundByTheAuditLog(int count)
    {
        await GivenSealedAsync();
        await RemoveSealsAsync(count);

        (await FindFaultsAsync()).ShouldContain("2026-11-25: by the audit log this day was sealed, and its seal is gone.");
    }

    [Fact]
    public async Task Seal_NewestSealWasRemoved_PutsNoOtherInItsPlace()
    {
        await GivenSealedAsync();
        await RemoveSealsAsync(1);

        await SealAsync();

        (await Db.LedgerSeals.OrderByDescending(s => s.Day).FirstAsync(Cancel)).Day.ShouldBe("2026-11-24");
    }

    [Fact]
    public async Task Verify_SealWasMadeAnew_IsFoundByTheAuditLog()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(async db =>
        {
            var seal = await db.LedgerSeals.OrderByDescending(s => s.Day).FirstAsync(Cancel);
            var statement = seal.Statement.Replace("\"accepted\":0", "\"accepted\":7", StringComparison.Ordinal);
            var hash = LedgerChain.Hash(seal.PreviousHash, statement);
            await db.LedgerSeals.Where(s => s.Day == seal.Day).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Statement, statement).SetProperty(s => s.Hash, hash), Cancel);
        });

        (await FindFaultsAsync()).ShouldContain("2026-11-25: by the audit log this day was sealed with another hash.");
    }

    [Fact]
    public async Task Verify_SealsAndTheirNotesWereRemoved_IsFoundByTheBooksThatWentOn()
    {
        await GivenSealedAsync();
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await BookAndCountAsync();
        await RemoveSealsAsync(3);
        await Given.WriteAsync(db => db.AuditEntries.ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldBe(["2026-11-23: the books went on long after this day was closed, and it has no seal."]);
    }

    [Fact]
    public async Task Verify_NobodyWasThereToSeal_IsNoFault()
    {
        await GivenDayAsync();
        Clock.Advance(TimeSpan.FromDays(30));

        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_DeliveryOnItsWayWasRemoved_IsFound(bool isCounted)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 2);
        await BookAsync();
        if (isCounted)
            await CountAsync();
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldEndWith(": deliveries that came: 2, accounted for: 1.");
    }

    [Fact]
    public async Task Verify_DeliveryThatNobodyBookedWasRemoved_IsFound()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldBe([$"{endpoint}: deliveries that came and are not booked yet: 2, accounted for: 1."]);
    }

    [Fact]
    public async Task Verify_ResidueIsOlderThanThePeriodOfRetention_IsStillTold()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));
        await RecountAsync();
        Clock.Advance(Retention.Messages);

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldEndWith(": deliveries that came: 2, accounted for: 1.");
    }

    [Fact]
    public async Task Verify_DeliveryOfASettledEntryWasRemoved_IsFound()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldEndWith(": deliveries that came: 2, accounted for: 1.");
    }

    [Fact]
    public async Task Verify_DeliveriesWentWithTheirPeriod_IsNoFault()
    {
        await GivenSealedAsync();
        Clock.Advance(Retention.Messages);
        await Given.WriteAsync(db => db.Deliveries.ExecuteDeleteAsync(Cancel));

        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    /// <param name="count">How many, from the newest back.</param>
    private Task RemoveSealsAsync(int count) => Given.WriteAsync(async db =>
    {
        var days = await db.LedgerSeals.OrderByDescending(s => s.Day).Take(count).Select(s => s.Day).ToListAsync(Cancel);
        await db.LedgerSeals.Where(s => days.Contains(s.Day)).ExecuteDeleteAsync(Cancel);
    });
}
