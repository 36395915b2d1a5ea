using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>
/// The pump on a real store. Every payload was removed, so deliveries end as dead letters and nothing is sent: what sending does has
/// its own tests.
/// </summary>
public abstract class DeliveryPumpTests : StoreTests
{
    private const int SmallestBudget = 4_194_304;

    private readonly WatchedSql _sql;
    private readonly WakeUp _wakeUp = new();
    private readonly CancellationTokenSource _stopping = new();

    protected DeliveryPumpTests(Store store) : base(store) => _sql = new WatchedSql(store.Sql);

    [Fact]
    public async Task RunAsync_Stopping_RecordsWhatIsUnderWayBeforeItEnds()
    {
        await GivenDueAsync(3);
        var pump = Pump();
        var running = pump.RunAsync(_stopping.Token);
        await _sql.RecordReached;

        await _stopping.CancelAsync();
        running.IsCompleted.ShouldBeFalse();
        _sql.LetRecordsGoOn();
        await running;

        pump.InFlight.ShouldBe(0);
        (await Db.Deliveries.Select(d => d.State).ToListAsync(Cancel)).ShouldBe([DeliveryState.Dead, DeliveryState.Dead, DeliveryState.Dead]);
    }

    [Fact]
    public async Task RunAsync_Stopping_ClaimsNothingNew()
    {
        await GivenDueAsync(3);
        var running = Pump(maxInFlight: 1).RunAsync(_stopping.Token);
        await _sql.RecordReached;

        await _stopping.CancelAsync();
        _sql.LetRecordsGoOn();
        await running;

        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Waiting, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_IdleAndStopping_Ends()
    {
        var running = Pump().RunAsync(_stopping.Token);

        await _stopping.CancelAsync();

        await running;
    }

    [Fact]
    public async Task RunAsync_Signal_LooksWithoutWaitingForTheClock()
    {
        _sql.LetRecordsGoOn();
        var endpoint = await GivenDueAsync(1);
        await Given.HoldAsync(endpoint);
        var running = Pump().RunAsync(_stopping.Token);

        await Given.ResumeAsync(endpoint);
        _wakeUp.Signal();

        await _sql.RecordReached;
        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_SignalLost_LooksByItself()
    {
        _sql.LetRecordsGoOn();
        var endpoint = await GivenDueAsync(1);
        await Given.HoldAsync(endpoint);
        var running = Pump().RunAsync(_stopping.Token);

        await Given.ResumeAsync(endpoint);
        await TimePassesUntilAsync(_sql.RecordReached);

        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_ClaimFails_TriesAgain()
    {
        _sql.LetRecordsGoOn();
        _sql.FailClaims(2);
        await GivenDueAsync(1);
        var running = Pump().RunAsync(_stopping.Token);

        await TimePassesUntilAsync(_sql.RecordReached);

        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_OutcomesCannotBeRecorded_ClaimsNothingUntilTheyCan()
    {
        _sql.LetRecordsGoOn();
        _sql.RecordsFail = true;
        var endpoint = await GivenDueAsync(1);
        var pump = Pump();
        var running = pump.RunAsync(_stopping.Token);
        await TimePassesWhileAsync(() => !_sql.HasFailedRecords(5)); // four tries close together, and one after a wait
        var claims = _sql.Claims;

        await Given.MessagesAsync(endpoint, 5);
        await Given.WriteAsync(db => db.MessagePayloads.ExecuteDeleteAsync(Cancel));
        await TimePassesWhileAsync(() => !_sql.HasFailedRecords(15));
        (_sql.Claims, pump.InFlight).ShouldBe((claims, 1));
        _sql.RecordsFail = false;
        await TimePassesWhileAsync(() => _sql.Records < 6);

        await StopAsync(running);
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Dead, Cancel)).ShouldBe(6);
    }

    [Fact]
    public async Task RunAsync_NodeHasRoomForOne_EndsAllOneAfterAnother()
    {
        _sql.LetRecordsGoOn();
        await GivenDueAsync(20);
        var running = Pump(maxInFlight: 1).RunAsync(_stopping.Token);

        while (await Db.Deliveries.AnyAsync(d => d.State != DeliveryState.Dead, Cancel))
            await Task.Yield();

        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_PayloadsUseUpTheBudget_WaitsWithoutSpinning()
    {
        _sql.ClaimsAreOutOfBytes();
        var running = Pump().RunAsync(_stopping.Token);

        for (var i = 0; i < 100; i++)
            await Db.Deliveries.CountAsync(Cancel);

        _sql.Claims.ShouldBe(1);
        await StopAsync(running);
    }

    [Fact]
    public async Task RunAsync_PayloadsUseUpTheBudget_NextGoesOutWithoutWaitingForTheClock()
    {
        await GivenPayloadsOfHalfTheBudgetAsync(6);
        _sql.LetRecordsGoOn();
        var running = Pump().RunAsync(_stopping.Token);

        while (await Db.Deliveries.AnyAsync(d => d.Attempts == 0, Cancel))
            await Task.Yield();

        await StopAsync(running);
    }

    [Fact]
    public async Task RunOnceAsync_DueDeliveries_AreRecordedWhenItReturns()
    {
        _sql.LetRecordsGoOn();
        await GivenDueAsync(5);

        var count = await Pump().RunOnceAsync(Cancel);

        count.ShouldBe(5);
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Dead, Cancel)).ShouldBe(5);
    }

    private async Task<EndpointId> GivenDueAsync(int count)
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, count);
        await Given.WriteAsync(db => db.MessagePayloads.ExecuteDeleteAsync(Cancel));
        return endpoint;
    }

    /// <summary>There is no sender, so each is out of the pump's hands at once, unrecorded.</summary>
    private async Task GivenPayloadsOfHalfTheBudgetAsync(int count)
    {
        var endpoint = await Given.EndpointAsync();
        var request = Given.Event((await LaneAsync(endpoint)).ApplicationId, payload: new byte[SmallestBudget / 2]);
        await Writer.CommitAsync([.. Enumerable.Repeat(request, count)]);
    }

    private DeliveryPump Pump(int maxInFlight = 512)
    {
        var options = Options.Create(new DeliveryOptions
        {
            MaxInFlightPerNode = maxInFlight, MaxPayloadBytesInFlight = SmallestBudget, Lease = TimeSpan.FromMinutes(10),
        });
        var node = new NodeName("node");
        var recorder = new AttemptRecorder(_sql, new DatabaseResilience(_sql, Clock), _wakeUp, Clock, NullLogger<AttemptRecorder>.Instance);
        var worker = new DeliveryWorker(
            sender: null!, receipts: null!, recorder, Ids, node, Clock, options, NullLogger<DeliveryWorker>.Instance);
        return new DeliveryPump(_sql, worker, recorder, _wakeUp, node, Clock, options, NullLogger<DeliveryPump>.Instance);
    }

    private Task TimePassesUntilAsync(Task reached) => TimePassesWhileAsync(() => !reached.IsCompleted);

    private async Task TimePassesWhileAsync(Func<bool> isToCome)
    {
        while (isToCome())
        {
            Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Db.Lanes.CountAsync(Cancel); // gives the others a moment: no lease must end before they had their turn
        }
    }

    private async Task StopAsync(Task running)
    {
        await _stopping.CancelAsync();
        await running;
        _stopping.Dispose();
    }
}
