using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;

namespace Webhooks.Core.Deliveries;

/// <summary>Commit 3: records what became of leased deliveries, many in one transaction, each fenced by its lease token.</summary>
internal sealed class AttemptRecorder
{
    private const int MaxBatch = 512;

    private readonly IWebhooksSql _sql;
    private readonly DatabaseResilience _resilience;
    private readonly WakeUp _wakeUp;
    private readonly TimeProvider _clock;
    private readonly ILogger<AttemptRecorder> _logger;
    private readonly GroupCommit<DeliveryRecord, bool> _group;

    public AttemptRecorder(
        IWebhooksSql sql, DatabaseResilience resilience, WakeUp wakeUp, TimeProvider clock, ILogger<AttemptRecorder> logger)
    {
        (_sql, _resilience, _wakeUp, _clock, _logger) = (sql, resilience, wakeUp, clock, logger);

        // No bound of its own: what may be recorded is what was claimed, and that is bounded.
        _group = new(int.MaxValue, MaxBatch, CommitAsync, sql.IsTransient);
    }

    /// <summary>
    /// Returns after the commit; false when the lease was lost and somebody else's result stands. Takes no cancellation: an outcome
    /// that was seen is recorded also while the node stops.
    /// </summary>
    public async Task<bool> RecordAsync(DeliveryRecord record)
    {
        var recorded = await _group.TryJoin(record)!;
        if (!recorded)
            _logger.LeaseLost(record.DeliveryId);
        return recorded;
    }

    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<DeliveryRecord> batch)
    {
        // Crash before the commit: the leases run out and the sweep closes these attempts as Unknown, so subscribers may see them twice.
        var recorded = await _resilience.ExecuteAsync(
            token => _sql.RecordAsync(batch, _clock.GetUtcMicroseconds(), token), CancellationToken.None);

        // Crash here: all is recorded; lanes that have more to send are ready in their rows.
        _wakeUp.Signal();
        return recorded;
    }
}
