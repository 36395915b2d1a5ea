using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Commit 3 while the database is away.</summary>
public abstract class AttemptRecorderTests : StoreTests
{
    private readonly WatchedSql _sql;
    private readonly AttemptRecorder _recorder;

    protected AttemptRecorderTests(Store store) : base(store)
    {
        _sql = new WatchedSql(store.Sql);
        _sql.LetRecordsGoOn();
        _recorder = new AttemptRecorder(
            _sql, new DatabaseResilience(_sql, Clock), WakeUp, Clock, NullLogger<AttemptRecorder>.Instance);
    }

    [Fact]
    public async Task Record_DatabaseIsAwayForAWhile_OutcomesAreRecordedWhenItIsBack()
    {
        var claimed = await GivenClaimedAsync(3, TimeSpan.FromDays(1));
        _sql.RecordsFail = true;
        var recording = Task.WhenAll(claimed.Select(delivery => _recorder.RecordAsync(Given.Record(delivery, Answers.Ok))));
        await TimePassesUntilAsync(() => _recorder.IsCutOff && _sql.HasFailedRecords(20)); // more than a quick retry makes
        recording.IsCompleted.ShouldBeFalse();

        _sql.RecordsFail = false;
        await TimePassesUntilAsync(() => recording.IsCompleted);

        (await recording).ShouldBe([true, true, true]);
        _recorder.IsCutOff.ShouldBeFalse();
        (await Db.Deliveries.CountAsync(delivery => delivery.State == DeliveryState.Delivered, Cancel)).ShouldBe(3);
    }

    [Fact]
    public async Task Record_DatabaseIsAwayForLonger_GivesUpWithTheLeaseAndTheSweepClosesTheAttempt()
    {
        var claimed = await GivenClaimedAsync(1, Lease);
        _sql.RecordsFail = true;
        var recording = _recorder.RecordAsync(Given.Record(claimed[0], Answers.Ok));
        await TimePassesUntilAsync(() => recording.IsCompleted);

        await Should.ThrowAsync<Exception>(recording);
        _recorder.IsCutOff.ShouldBeFalse();
        _sql.RecordsFail = false;
        Clock.Advance(Lease);
        await using var db = NewContext();
        var sweep = new LeaseSweep(db, _recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        await sweep.SweepExpiredAsync(Cancel);

        (await Db.Attempts.SingleAsync(Cancel)).Outcome.ShouldBe(AttemptOutcome.Unknown);
    }

    [Fact]
    public async Task Record_FaultThatStays_IsNotTriedAgain()
    {
        var delivery = (await GivenClaimedAsync(1, TimeSpan.FromDays(1)))[0];
        var record = Given.Record(delivery, Answers.Ok);

        // Its attempt is there already: no time makes that better.
        await Given.SaveAsync(record.Attempt!);

        await Should.ThrowAsync<Exception>(_recorder.RecordAsync(record));
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> GivenClaimedAsync(int count, TimeSpan lease)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), count);
        return (await Sql.ClaimAsync(Claiming() with { LeasedUntil = Now + lease }, Cancel)).Deliveries;
    }

    private async Task TimePassesUntilAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
