using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// Any engine, measured. What the service has done is counted here and nowhere else, after the commit that did it: a count never runs
/// ahead of the truth, and all engines are counted alike.
/// </summary>
internal sealed class MeasuredSql(IWebhooksSql engine, WebhooksMeter meter, TimeProvider clock) : IWebhooksSql
{
    public Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken) =>
        engine.BeginWriteAsync(db, cancellationToken);

    public Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) =>
        meter.IsListenedTo ? MeasureOutboxAsync(cancellationToken) : engine.BeginOutboxAsync(cancellationToken);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        meter.IsListenedTo || Tracing.IsListenedTo
            ? MeasureClaimAsync(request, cancellationToken)
            : engine.ClaimAsync(request, cancellationToken);

    public Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        meter.IsListenedTo || Tracing.IsListenedTo
            ? MeasureRecordAsync(records, now, cancellationToken)
            : engine.RecordAsync(records, now, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => engine.GetUtcNowAsync(cancellationToken);

    public bool IsTransient(Exception fault) => engine.IsTransient(fault);

    private async Task<IOutboxTransaction> MeasureOutboxAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        return new MeasuredOutbox(await engine.BeginOutboxAsync(cancellationToken), meter, clock, started);
    }

    private async Task<Claim> MeasureClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var claim = await engine.ClaimAsync(request, cancellationToken);
        var duration = clock.GetElapsedTime(started);
        meter.Claimed(claim.Deliveries.Count, duration);
        if (Tracing.IsListenedTo)
            BatchSpan.Write("claim", claim.Deliveries.Select(delivery => delivery.Request.TraceParent), claim.Deliveries.Count, duration);
        return claim;
    }

    private async Task<IReadOnlyList<bool>> MeasureRecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var written = await engine.RecordAsync(records, now, cancellationToken);
        var duration = clock.GetElapsedTime(started);
        meter.Recorded(records, written, duration);
        if (Tracing.IsListenedTo)
            BatchSpan.Write("record", records.Select(record => record.TraceParent), records.Count, duration);
        return written;
    }
}
