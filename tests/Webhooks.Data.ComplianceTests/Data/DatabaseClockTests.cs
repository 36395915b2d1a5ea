using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Data;

/// <summary>Nodes on machines whose clocks are wrong go by the database's.</summary>
public abstract class DatabaseClockTests(Store store) : StoreTests(store)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(-7);

    [Fact]
    public async Task GetUtcNow_InsideATransaction_IsNotItsBegin()
    {
        await using var db = NewContext();
        await using var transaction = await Sql.BeginWriteAsync(db, Cancel);
        var begun = await Sql.GetUtcNowAsync(Cancel);
        DateTimeOffset now;

        do
            now = await Sql.GetUtcNowAsync(Cancel);
        while (now == begun);

        now.ShouldBeGreaterThan(begun);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-7)]
    public async Task Measure_AMachineMinutesOff_TellsTheDatabasesTime(int minutes)
    {
        var earliest = await Sql.GetUtcNowAsync(Cancel);

        var (clock, _) = await NodeAsync(TimeSpan.FromMinutes(minutes));

        clock.GetUtcNow().ShouldBeInRange(earliest, await Sql.GetUtcNowAsync(Cancel));
    }

    [Fact]
    public async Task Lease_OfANodeThatIsMinutesAhead_EndsForOneThatIsMinutesBehindWhenItEnds()
    {
        var (ahead, _) = await NodeAsync(Ahead);
        var (behind, machine) = await NodeAsync(Behind);
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        var now = ahead.GetUtcMicroseconds();
        var claim = await Sql.ClaimAsync(Claiming() with { Now = now, LeasedUntil = now + Lease }, Cancel);
        claim.Deliveries.Count.ShouldBe(1);

        (await SweepAsync(behind)).ShouldBe(0);
        machine.Advance(Lease);

        (await SweepAsync(behind)).ShouldBe(1);
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public async Task Claim_OfANodeThatIsMinutesAhead_TakesNothingThatIsNotDue()
    {
        var (ahead, _) = await NodeAsync(Ahead);
        var (behind, machine) = await NodeAsync(Behind);
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        var dueAt = behind.GetUtcMicroseconds() + TimeSpan.FromMinutes(5);
        await Given.WriteAsync(async db =>
        {
            await db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, dueAt), Cancel);
            await db.Lanes.ExecuteUpdateAsync(set => set.SetProperty(l => l.ReadyAt, dueAt), Cancel);
        });

        var early = await Sql.ClaimAsync(Claiming() with { Now = ahead.GetUtcMicroseconds() }, Cancel);
        machine.Advance(TimeSpan.FromMinutes(5));
        var inTime = await Sql.ClaimAsync(Claiming() with { Now = behind.GetUtcMicroseconds() }, Cancel);

        (early.Deliveries.Count, inTime.Deliveries.Count).ShouldBe((0, 1));
    }

    /// <summary>A node that has just started, on a machine whose clock is that far off.</summary>
    private async Task<(DatabaseClock Clock, FakeTimeProvider Machine)> NodeAsync(TimeSpan off)
    {
        var machine = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + off);
        var clock = new DatabaseClock(machine);
        await new DatabaseClockSync(clock, Sql, NullLogger<DatabaseClockSync>.Instance).MeasureAsync(Cancel);
        return (clock, machine);
    }

    private async Task<int> SweepAsync(DatabaseClock clock)
    {
        await using var db = NewContext();
        var sweep = new LeaseSweep(db, Recorder, new IdGenerator(clock), clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        return await sweep.SweepExpiredAsync(Cancel);
    }
}
