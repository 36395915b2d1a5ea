using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Deliveries;

/// <summary>Takes one claimed delivery from lease to record: send, decide, record.</summary>
internal sealed class DeliveryWorker(
    DeliverySender sender,
    ReceiptCheck receipts,
    AttemptRecorder recorder,
    IdGenerator ids,
    NodeName node,
    TimeProvider clock,
    IOptions<DeliveryOptions> options,
    ILogger<DeliveryWorker> logger)
{
    /// <summary>Never throws: what cannot be recorded is left to the lease sweep.</summary>
    /// <param name="stopping">Cuts the sending short; what was seen until then is still recorded.</param>
    public async Task DeliverAsync(ClaimedDelivery delivery, CancellationToken stopping)
    {
        try
        {
            var record = delivery.PayloadGone ? Decision().PayloadGone(delivery) : await SendAsync(delivery, stopping);
            if (await recorder.RecordAsync(record))
                LogTransitions(record);
        }
        catch (Exception fault)
        {
            logger.RecordFailed(fault, delivery.Request.DeliveryId);
        }
    }

    private async Task<DeliveryRecord> SendAsync(ClaimedDelivery delivery, CancellationToken stopping)
    {
        // Crash here or while sending: the claim is on record, the lease runs out, and the sweep closes this attempt as Unknown.
        var (result, startedAt) = await AskOrSendAsync(delivery, stopping);
        var attempt = result.Outcome is null ? null : AttemptRow.Of(delivery, result, ids.New<AttemptId>(), startedAt, node);
        return Decision().Decide(delivery, result, attempt);
    }

    private async ValueTask<(AttemptResult Result, DateTimeOffset StartedAt)> AskOrSendAsync(ClaimedDelivery delivery, CancellationToken stopping)
    {
        var startedAt = clock.GetUtcMicroseconds();
        if (delivery.ReceiptUrl is not { } url)
            return (await sender.SendAsync(delivery.Request, startedAt, stopping), startedAt);

        var started = clock.GetTimestamp();
        var receipt = await receipts.AskAsync(delivery.Request, url, stopping);
        if (receipt.Answer == ReceiptAnswer.Processed)
            return (AttemptVerdicts.Received(receipt, clock.GetElapsedTime(started)), startedAt);

        // What asking took is no part of the attempt, whose time is signed.
        startedAt = clock.GetUtcMicroseconds();
        return (await sender.SendAsync(delivery.Request, startedAt, stopping) with { Receipt = receipt }, startedAt);
    }

    private DeliveryDecision Decision() => new(options.Value, clock.GetUtcMicroseconds(), Random.Shared.NextDouble(), ids);

    private void LogTransitions(DeliveryRecord record)
    {
        if (record.State == DeliveryState.Dead)
            logger.DeadLettered(record.DeliveryId, record.EndpointId, record.DeadReason);
        if (record.Lane.Pause is { } pause)
            logger.LanePaused(record.EndpointId, pause.Until, pause.Reason);
        if (record.Lane.Gone)
            logger.EndpointGone(record.EndpointId);
    }
}
