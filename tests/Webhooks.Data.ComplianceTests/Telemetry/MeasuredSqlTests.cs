using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Outbox;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Telemetry;

/// <summary>What is counted is what was committed.</summary>
public abstract class MeasuredSqlTests : StoreTests
{
    private readonly MeasuredSql _sql;
    private readonly OutboxWriter _writer;

    protected MeasuredSqlTests(Store store) : base(store)
    {
        _sql = new MeasuredSql(store.Sql, new WebhooksMeter(Meters), Clock);
        _writer = new OutboxWriter(
            _sql, new DatabaseResilience(_sql, Clock), Ids, new ContentFilterCache(), WakeUp, Clock, Options.Create(new OutboxOptions()));
    }

    [Fact]
    public async Task Accept_MessageForTwoEndpoints_CountsOneMessageAndTwoDeliveries()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application);
        await Given.EndpointAsync(application);
        using var readings = new Readings(Meters);

        await _writer.CommitAsync([Given.Event(application)]);

        readings["webhooks.messages.accepted"].ShouldBe(1);
        readings["webhooks.deliveries.created"].ShouldBe(2);
        readings["webhooks.commit.group_size{step=accept}"].ShouldBe(1);
        readings.Count("webhooks.commit.duration{step=accept}").ShouldBe(1);
    }

    [Fact]
    public async Task Accept_SameIdempotencyKeyAgain_CountsTheMessageOnce()
    {
        var application = await Given.ApplicationAsync();
        using var readings = new Readings(Meters);

        await _writer.CommitAsync([Given.Event(application, idempotency: Given.Key("k"))]);
        await _writer.CommitAsync([Given.Event(application, idempotency: Given.Key("k"))]);

        readings["webhooks.messages.accepted"].ShouldBe(1);
    }

    [Fact]
    public async Task Accept_DatabaseRefuses_CountsNothing()
    {
        var application = await Given.ApplicationAsync();
        await RefuseEventTypeAsync("refused");
        using var readings = new Readings(Meters);

        await Should.ThrowAsync<Exception>(() => _writer.CommitAsync([Given.Event(application, "refused")]));

        readings["webhooks.messages.accepted"].ShouldBe(0);
        readings.Count("webhooks.commit.duration{step=accept}").ShouldBe(0);
    }

    [Fact]
    public async Task Record_Receipt_IsCountedAsOneAndNotAsAnAnswer()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        var claimed = (await _sql.ClaimAsync(Claiming(), Cancel)).Deliveries;
        using var readings = new Readings(Meters);

        await _sql.RecordAsync(
            [
                Given.Record(claimed[0], Answers.Received),
                Given.Record(claimed[1], Answers.Ok with { Receipt = ReceiptFinding.NotProcessed }),
            ],
            Now, Cancel);

        (readings["webhooks.attempts{outcome=receipt}"], readings["webhooks.attempts{outcome=delivered}"]).ShouldBe((1, 1));
        readings["webhooks.deliveries.finished{state=receipt}"].ShouldBe(1);
        readings["webhooks.deliveries.finished{state=delivered}"].ShouldBe(1);
        readings["webhooks.receipt_checks{answer=processed}"].ShouldBe(1);
        readings["webhooks.receipt_checks{answer=not_processed}"].ShouldBe(1);
        readings.Count("webhooks.attempt.duration{outcome=delivered}").ShouldBe(1);
    }

    [Fact]
    public async Task Claim_NothingDue_IsTimedAndCommitsNothing()
    {
        using var readings = new Readings(Meters);

        await _sql.ClaimAsync(Claiming(), Cancel);

        readings.Count("webhooks.claim.duration").ShouldBe(1);
        readings.Count("webhooks.commit.duration{step=claim}").ShouldBe(0);
    }

    [Fact]
    public async Task Claim_ThreeDue_CountsThemAsOneGroup()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 3);
        using var readings = new Readings(Meters);

        await _sql.ClaimAsync(Claiming(), Cancel);

        readings["webhooks.commit.group_size{step=claim}"].ShouldBe(3);
    }

    [Fact]
    public async Task Record_Delivered_CountsAttemptItsDurationAndTheDelivery()
    {
        var claimed = await ClaimedAsync();
        using var readings = new Readings(Meters);

        await MeasureAsync(Answers.Ok with { Timings = AttemptTimings.None with { Total = TimeSpan.FromMilliseconds(250) } }, claimed);

        readings["webhooks.attempts{outcome=delivered}"].ShouldBe(1);
        readings["webhooks.attempt.duration{outcome=delivered}"].ShouldBe(0.25);
        readings["webhooks.deliveries.finished{state=delivered}"].ShouldBe(1);
    }

    [Fact]
    public async Task Record_RejectedWithAttemptsLeft_FinishesNothing()
    {
        var claimed = await ClaimedAsync();
        using var readings = new Readings(Meters);

        await MeasureAsync(Answers.Status(500), claimed);

        readings["webhooks.attempts{outcome=rejected}"].ShouldBe(1);
        readings["webhooks.deliveries.finished{state=dead,reason=rejected}"].ShouldBe(0);
    }

    [Fact]
    public async Task Record_ScheduleUsedUp_CountsADeadLetterWithItsReason()
    {
        var claimed = await ClaimedAsync(e => e.RetrySchedule = []);
        using var readings = new Readings(Meters);

        await MeasureAsync(Answers.NotSent, claimed);

        readings["webhooks.deliveries.finished{state=dead,reason=not_sent}"].ShouldBe(1);
    }

    [Fact]
    public async Task Record_NothingTried_CountsNoAttempt()
    {
        var claimed = await ClaimedAsync();
        using var readings = new Readings(Meters);

        await MeasureAsync(Answers.Shutdown, claimed);

        readings.Count("webhooks.commit.duration{step=record}").ShouldBe(1);
        readings["webhooks.attempts{outcome=unknown}"].ShouldBe(0);
    }

    [Fact]
    public async Task Record_LeaseLost_IsNotCountedTwice()
    {
        var claimed = await ClaimedAsync();
        await RecordAsync(Answers.Ok, claimed);
        using var readings = new Readings(Meters);

        await MeasureAsync(Answers.Ok, claimed);

        readings["webhooks.attempts{outcome=delivered}"].ShouldBe(0);
        readings["webhooks.deliveries.finished{state=delivered}"].ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_LeaseRanOut_CountsItAndAnUnknownAttemptOfNoKnownDuration()
    {
        await ClaimedAsync();
        Clock.Advance(Lease);
        using var readings = new Readings(Meters);

        await SweepAsync();

        readings["webhooks.leases.swept"].ShouldBe(1);
        readings["webhooks.attempts{outcome=unknown}"].ShouldBe(1);
        readings.Count("webhooks.attempt.duration{outcome=unknown}").ShouldBe(0);
    }

    [Fact]
    public async Task Hotpath_NobodyListens_WorksAsWithoutIt()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application);

        await _writer.CommitAsync([Given.Event(application)]);
        var claim = await _sql.ClaimAsync(Claiming(), Cancel);

        (await MeasureAsync(Answers.Ok, claim.Deliveries.Single())).ShouldBe([true]);
    }

    private async Task<ClaimedDelivery> ClaimedAsync(Action<Endpoint>? with = null)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(with), 1);
        return (await ClaimAsync()).Deliveries.Single();
    }

    private Task<IReadOnlyList<bool>> MeasureAsync(AttemptResult result, ClaimedDelivery delivery) =>
        _sql.RecordAsync([Given.Record(delivery, result)], Now, Cancel);

    private async Task SweepAsync()
    {
        await using var db = NewContext();
        var recorder = new AttemptRecorder(_sql, Resilience, WakeUp, Clock, NullLogger<AttemptRecorder>.Instance);
        var sweep = new LeaseSweep(db, recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        await sweep.SweepExpiredAsync(Cancel);
    }
}
