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
        var startedAt = clock.GetUtcMicroseconds();

        // Crash here or while sending: the claim is on record, the lease runs out, and the sweep closes this attempt as Unknown.
        var result = await AskOrSendAsync(delivery, stopping);
        var attempt = result.Outcome is null ? null : AttemptRow.Of(delivery, result, ids.New<AttemptId>(), startedAt, node);
        return Decision().Decide(delivery, result, attempt);
    }

    private async ValueTask<AttemptResult> AskOrSendAsync(ClaimedDelivery delivery, CancellationToken stopping)
    {
        if (delivery.ReceiptUrl is not { } url)
            return await sender.SendAsync(delivery.Request, stopping);

        var started = clock.GetTimestamp();
        var receipt = await receipts.AskAsync(delivery.Request, url, stopping);
        return receipt.Answer == ReceiptAnswer.Processed
            ? AttemptVerdicts.Received(receipt, clock.GetElapsedTime(started))
            : await sender.SendAsync(delivery.Request, stopping) with { Receipt = receipt };
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
