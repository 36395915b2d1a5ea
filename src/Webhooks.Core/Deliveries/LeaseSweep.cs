using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Deliveries;

/// <summary>
/// Closes attempts whose worker was lost: their lease ran out and nothing was recorded. The request may have been sent, so the
/// outcome is Unknown; the fault is ours, so it does not use up the subscriber's schedule.
/// </summary>
internal sealed class LeaseSweep(
    WebhooksDbContext db,
    AttemptRecorder recorder,
    IdGenerator ids,
    TimeProvider clock,
    IOptions<DeliveryOptions> options,
    ILogger<LeaseSweep> logger)
{
    private const int MaxBatch = 500;

    private static readonly AttemptResult WorkerLost = new()
    {
        Outcome = AttemptOutcome.Unknown,
        OurFault = true,
        ErrorCode = AttemptErrorCodes.WorkerLost,
        ErrorText = "The worker that held this delivery was lost before it recorded an outcome; the request may have been sent.",
    };

    public Task<int> SweepExpiredAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return SweepAsync(() => Lost(db, now), cancellationToken);
    }

    /// <summary>For nodes that are known to be dead.</summary>
    public Task<int> SweepLeasesOfAsync(IReadOnlyCollection<string> nodes, CancellationToken cancellationToken) =>
        SweepAsync(() => LostBy(db, nodes), cancellationToken);

    /// <summary>
    /// For an engine whose file only this process can have open: at its start no lease has a living worker, so none need be waited for.
    /// </summary>
    public Task<int> SweepAllAsync(CancellationToken cancellationToken) =>
        SweepAsync(() => Lost(db, DateTimeOffset.MaxValue), cancellationToken);

    /// <summary>Sweeps batch after batch, as far as there are any. Returns how many attempts were closed.</summary>
    private async Task<int> SweepAsync(Func<IQueryable<LostLease>> next, CancellationToken cancellationToken)
    {
        var swept = 0;
        while (await next().ToListAsync(cancellationToken) is { Count: > 0 } lost)
        {
            var recorded = await Task.WhenAll(lost.Select(lease => recorder.RecordAsync(Close(lease))));
            swept += recorded.Count(written => written);
        }

        if (swept > 0)
            logger.LeasesSwept(swept);
        return swept;
    }

    private DeliveryRecord Close(LostLease lost)
    {
        var delivery = new ClaimedDelivery
        {
            // Only what is decided and recorded matters here; nothing is sent.
            Request = new AttemptRequest(
                lost.Delivery.Id, lost.Delivery.MessageId, lost.Delivery.EndpointId, lost.Delivery.Attempts, lost.Delivery.LastOutcome,
                lost.Delivery.Sequence, lost.Url, [], null, ReadOnlyMemory<byte>.Empty, null),
            LeaseToken = lost.Delivery.LeaseToken!,
            LeasedUntil = lost.Delivery.LeasedUntil!.Value,
            TriggerType = lost.Delivery.TriggerType,
            Failures = lost.Delivery.Failures,
            OwnFaults = lost.Delivery.OwnFaults,
            OrderingKey = lost.Delivery.OrderingKey,
            Policy = new RetryPolicy(null, lost.OnUnknown, lost.MaxInFlight ?? options.Value.MaxInFlightPerEndpoint),
        };
        var claimedAt = delivery.LeasedUntil - options.Value.Lease;
        var attempt = AttemptRow.Of(delivery, WorkerLost, ids.New<AttemptId>(), claimedAt, new NodeName(lost.Delivery.LeasedBy!));
        var decision = new DeliveryDecision(options.Value, clock.GetUtcMicroseconds(), Random.Shared.NextDouble(), ids);
        return decision.Decide(delivery, WorkerLost, attempt);
    }

    /// <summary>Leases that ran out by <paramref name="deadline"/>.</summary>
    internal static IQueryable<LostLease> Lost(WebhooksDbContext db, DateTimeOffset deadline) =>
        Of(db, db.Deliveries.Where(delivery => delivery.State == DeliveryState.Sending && delivery.LeasedUntil <= deadline));

    /// <summary>Leases of those nodes, whenever they run out.</summary>
    private static IQueryable<LostLease> LostBy(WebhooksDbContext db, IReadOnlyCollection<string> nodes) =>
        Of(db, db.Deliveries.Where(delivery => delivery.State == DeliveryState.Sending && nodes.Contains(delivery.LeasedBy)));

    private static IQueryable<LostLease> Of(WebhooksDbContext db, IQueryable<Delivery> sending) => (
        from delivery in sending.AsNoTracking()
        join endpoint in db.Endpoints on delivery.EndpointId equals endpoint.Id
        orderby delivery.LeasedUntil
        select new LostLease(delivery, endpoint.Url, endpoint.UnknownOutcomePolicy, endpoint.MaxInFlight))
        .Take(MaxBatch);

    internal sealed record LostLease(Delivery Delivery, string Url, Endpoints.UnknownOutcomePolicy OnUnknown, int? MaxInFlight);
}
