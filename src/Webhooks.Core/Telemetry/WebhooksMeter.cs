using System.Diagnostics.Metrics;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// The instruments of what the service does. None has a tag that names an application or an endpoint: how many time series there are does not
/// depend on how many customers there are. Every call is a check of a flag when nobody listens, and allocates nothing when somebody does.
/// </summary>
internal sealed class WebhooksMeter
{
    /// <summary>What a listener subscribes to.</summary>
    public const string Name = "Webhooks";

    private static readonly double[] AttemptSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];
    private static readonly double[] CommitSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly long[] GroupSizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

    private readonly Counter<long> _messagesAccepted;
    private readonly Counter<long> _deliveriesCreated;
    private readonly Counter<long> _deliveriesFinished;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _receiptChecks;
    private readonly Counter<long> _leasesSwept;
    private readonly Counter<long> _removed;
    private readonly Counter<long> _escalations;
    private readonly Histogram<double> _attemptDuration;
    private readonly Histogram<double> _claimDuration;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _commitGroupSize;

    public WebhooksMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _messagesAccepted = meter.CreateCounter<long>(
            "webhooks.messages.accepted", "{message}", "Events that were committed and answered with 202; repetitions are not counted.");
        _deliveriesCreated = meter.CreateCounter<long>(
            "webhooks.deliveries.created", "{delivery}", "Deliveries written with their message: one for each endpoint that it matched.");
        _deliveriesFinished = meter.CreateCounter<long>(
            "webhooks.deliveries.finished", "{delivery}",
            "Deliveries that reached their last state; for dead letters also the reason. What was not answered 2xx but is said to have "
            + "arrived is arrived (by a person; it was held or dead before) or receipt (by the subscriber).");
        _attempts = meter.CreateCounter<long>(
            "webhooks.attempts", "{attempt}",
            "Attempts whose outcome was recorded; receipt where nothing was sent, because the subscriber said that it has the message.");
        _receiptChecks = meter.CreateCounter<long>(
            "webhooks.receipt_checks", "{check}",
            "How often subscribers were asked whether they have a message, before it is sent again after an unknown outcome, by answer.");
        _leasesSwept = meter.CreateCounter<long>(
            "webhooks.leases.swept", "{lease}", "Leases that ran out: their worker was lost, and the attempt was closed as unknown.");
        _removed = meter.CreateCounter<long>("webhooks.retention.removed", "{row}", "Rows that were kept long enough and removed.");
        _escalations = meter.CreateCounter<long>(
            "webhooks.escalations", "{notification}", "Notifications that steps of escalation policies wrote, one for each channel.");
        _attemptDuration = meter.CreateHistogram(
            "webhooks.attempt.duration", "s", "How long attempts took, from connect to the last byte of the answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = AttemptSeconds });
        _claimDuration = meter.CreateHistogram(
            "webhooks.claim.duration", "s", "How long a look at the lanes took, also one that found nothing due.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = CommitSeconds });
        _commitDuration = meter.CreateHistogram(
            "webhooks.commit.duration", "s", "How long a transaction that wrote something took, from its begin to its end.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = CommitSeconds });
        _commitGroupSize = meter.CreateHistogram(
            "webhooks.commit.group_size", "{row}", "How many messages (accept) or deliveries (claim, record) shared a transaction.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = GroupSizes });
    }

    /// <summary>Whether anybody reads any of these; without, the hot path is not even timed.</summary>
    public bool IsListenedTo =>
        _messagesAccepted.Enabled || _deliveriesCreated.Enabled || _deliveriesFinished.Enabled || _attempts.Enabled
        || _receiptChecks.Enabled || _leasesSwept.Enabled
        || _attemptDuration.Enabled || _claimDuration.Enabled || _commitDuration.Enabled || _commitGroupSize.Enabled;

    /// <summary>Makes the counters that alerts watch exist from the start: one that first appears as 1 shows no increase.</summary>
    public void Begin()
    {
        _messagesAccepted.Add(0);
        _deliveriesCreated.Add(0);
        _leasesSwept.Add(0);
        _escalations.Add(0);
        _deliveriesFinished.Add(0, Tags.Delivered);
        _deliveriesFinished.Add(0, Tags.Arrived);
        _deliveriesFinished.Add(0, Tags.Receipt);
        foreach (var reason in Enum.GetValues<DeadLetterReason>())
            _deliveriesFinished.Add(0, Tags.Dead, Tags.Of(reason));
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
            _attempts.Add(0, Tags.Of(outcome));
        _attempts.Add(0, Tags.OutcomeReceipt);
        foreach (var answer in Enum.GetValues<ReceiptAnswer>())
            _receiptChecks.Add(0, Tags.Of(answer));
    }

    /// <summary>Commit 1 ended.</summary>
    public void Accepted(OutboxRows rows, TimeSpan duration)
    {
        _messagesAccepted.Add(rows.Messages.Count);
        _deliveriesCreated.Add(rows.Deliveries.Count);
        for (var i = 0; i < rows.Deliveries.Count; i++) // by index: an enumerator behind an interface is an allocation
        {
            if (rows.Deliveries[i].State == DeliveryState.Filtered)
                _deliveriesFinished.Add(1, Tags.Filtered);
        }

        Committed(Tags.Accept, rows.Messages.Count, duration);
    }

    /// <summary>Commit 2 ended, or found nothing to do.</summary>
    public void Claimed(int deliveries, TimeSpan duration)
    {
        _claimDuration.Record(duration.TotalSeconds);
        if (deliveries > 0)
            Committed(Tags.Claim, deliveries, duration);
    }

    /// <summary>Commit 3 ended.</summary>
    /// <param name="written">Of each record, whether its lease was still held: only then was it written.</param>
    public void Recorded(IReadOnlyList<DeliveryRecord> records, IReadOnlyList<bool> written, TimeSpan duration)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (written[i])
                Recorded(records[i]);
        }

        Committed(Tags.Record, records.Count, duration);
    }

    /// <summary>Deliveries to deleted endpoints were canceled.</summary>
    public void Canceled(int deliveries) => _deliveriesFinished.Add(deliveries, Tags.Canceled);

    /// <summary>A person said of a delivery that it has arrived.</summary>
    public void Arrived() => _deliveriesFinished.Add(1, Tags.Arrived);

    /// <summary>A transaction of retention ended.</summary>
    public void Removed(in Removed rows)
    {
        _removed.Add(rows.Payloads, Tags.Payload);
        _removed.Add(rows.Attempts, Tags.Attempt);
        _removed.Add(rows.Deliveries, Tags.Delivery);
        _removed.Add(rows.Messages, Tags.Message);
        _removed.Add(rows.Endpoints, Tags.Endpoint);
        _removed.Add(rows.Applications, Tags.Application);
        _removed.Add(rows.Incidents, Tags.Incident);
        _removed.Add(rows.LedgerHours, Tags.LedgerHour);
    }

    /// <summary>A step of an escalation policy was taken.</summary>
    /// <param name="notifications">How many channels are told.</param>
    public void Escalated(int notifications) => _escalations.Add(notifications);

    private void Recorded(DeliveryRecord record)
    {
        if (record.Attempt is { } attempt)
            Recorded(attempt);

        if (record.State == DeliveryState.Delivered)
            _deliveriesFinished.Add(1, record.Attempt is { IsReceipt: true } ? Tags.Receipt : Tags.Delivered);
        else if (record is { State: DeliveryState.Dead, DeadReason: { } reason })
            _deliveriesFinished.Add(1, Tags.Dead, Tags.Of(reason));
    }

    private void Recorded(Attempt attempt)
    {
        var outcome = Tags.Of(attempt);
        _attempts.Add(1, outcome);
        if (attempt.ReceiptAnswer is { } answer)
            _receiptChecks.Add(1, Tags.Of(answer));
        if (attempt.IsReceipt)
            return; // nothing was sent, so there is nothing to time

        if (attempt.ErrorCode == AttemptErrorCodes.WorkerLost)
            _leasesSwept.Add(1); // how long that attempt took nobody knows
        else
            _attemptDuration.Record(attempt.TotalMicroseconds / 1e6, outcome);
    }

    private void Committed(KeyValuePair<string, object?> step, int count, TimeSpan duration)
    {
        _commitDuration.Record(duration.TotalSeconds, step);
        _commitGroupSize.Record(count, step);
    }
}
