using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Retention;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>Entries go once they are old and their day is sealed; what is sealed still verifies, and what is not settled stays.</summary>
public abstract class LedgerRetentionTests(Store store) : LedgerStoreTests(store)
{
    [Fact]
    public async Task Run_SettledAPeriodAgo_GoesAndTheSealsStillHold()
    {
        await GivenDayAsync();
        Clock.Advance(Retention.Ledger + TimeSpan.FromDays(1));
        await SealAsync();

        await RemoveAsync();

        (await Db.LedgerHours.AnyAsync(Cancel)).ShouldBeFalse();
        (await Db.LedgerSeals.OrderBy(s => s.Day).FirstAsync(Cancel)).Statement.ShouldContain("\"accepted\":2");
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_DayIsYoungEnough_StaysAndWhoeverRemovesItIsFound()
    {
        await GivenDayAsync();
        Clock.Advance(Retention.Ledger);
        await SealAsync();

        await RemoveAsync();

        (await Db.LedgerHours.CountAsync(Cancel)).ShouldBe(1);
        await Given.WriteAsync(db => db.LedgerHours.ExecuteDeleteAsync(Cancel));
        (await FindFaultsAsync()).ShouldHaveSingleItem().ShouldStartWith("2026-11-23: entries of the books were changed");
    }

    [Fact]
    public async Task Run_DayIsNotSealedYet_Stays()
    {
        await GivenDayAsync();
        Clock.Advance(2 * Retention.Ledger);

        await RemoveAsync();

        (await Db.LedgerHours.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_SomethingOfTheHourIsOnItsWay_StaysForEver()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await BookAndCountAsync();
        Clock.Advance(2 * Retention.Ledger);
        await SealAsync();

        await RemoveAsync();

        (await EntryAsync()).SettledAt.ShouldBeNull();
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_EntryHasAResidue_StaysForEver()
    {
        await GivenSealedAsync();
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));
        await RecountAsync();
        Clock.Advance(2 * Retention.Ledger);
        await SealAsync();

        await RemoveAsync();

        (await EntryAsync()).Residue.ShouldBe(1);
    }

    [Fact]
    public async Task Run_PeriodIsLongerLater_VerifyAsksForNoEntriesThatWentBefore()
    {
        await GivenSealedAsync();
        Clock.Advance(TimeSpan.FromDays(100));
        await SealAsync();

        await RemoveAsync(TimeSpan.FromDays(90));

        (await Db.LedgerHours.AnyAsync(Cancel)).ShouldBeFalse();
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_SettledLongAfterItsHour_GoesByThat()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await BookAndCountAsync();
        Clock.Advance(TimeSpan.FromDays(60));
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await CountAsync();
        Clock.Advance(Retention.Ledger - TimeSpan.FromDays(1));
        await SealAsync();
        await RemoveAsync();
        (await Db.LedgerHours.CountAsync(Cancel)).ShouldBe(1);

        Clock.Advance(TimeSpan.FromDays(2));
        await SealAsync();
        await RemoveAsync();

        (await Db.LedgerHours.AnyAsync(Cancel)).ShouldBeFalse();
        (await FindFaultsAsync()).ShouldBeEmpty();
    }

    /// <param name="period">Null for the one that all else goes by.</param>
    private Task RemoveAsync(TimeSpan? period = null) => WithAsync(db => new LedgerRetention(
        db, Sql, new WebhooksMeter(Meters), Clock,
        Options.Create(new RetentionOptions { Ledger = period ?? Retention.Ledger })).RunAsync(Cancel));
}
