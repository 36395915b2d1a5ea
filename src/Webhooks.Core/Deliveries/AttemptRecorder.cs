using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;

namespace Webhooks.Core.Deliveries;

/// <summary>Commit 3: records what became of leased deliveries, many in one transaction, each fenced by its lease token.</summary>
internal sealed class AttemptRecorder
{
    private const int MaxBatch = 512;

    private static readonly TimeSpan WaitBetweenTries = TimeSpan.FromSeconds(1);

    private readonly IWebhooksSql _sql;
    private readonly DatabaseResilience _resilience;
    private readonly WakeUp _wakeUp;
    private readonly TimeProvider _clock;
    private readonly ILogger<AttemptRecorder> _logger;
    private readonly GroupCommit<DeliveryRecord, bool> _group;
    private volatile bool _isCutOff;

    public AttemptRecorder(
        IWebhooksSql sql, DatabaseResilience resilience, WakeUp wakeUp, TimeProvider clock, ILogger<AttemptRecorder> logger)
    {
        (_sql, _resilience, _wakeUp, _clock, _logger) = (sql, resilience, wakeUp, clock, logger);

        // No bound of its own: what may be recorded is what was claimed, and that is bounded.
        _group = new(int.MaxValue, MaxBatch, CommitAsync, sql.IsTransient);
    }

    /// <summary>
    /// The database has not taken what attempts showed, and it is tried again and again. What is seen meanwhile queues up behind it;
    /// nothing more should be sent, so what waits here is never more than a node may have under way.
    /// </summary>
    public bool IsCutOff => _isCutOff;

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

    // Crash before the commit: the leases run out and the sweep closes these attempts as Unknown, so subscribers may see them twice.
    private async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<DeliveryRecord> batch)
    {
        // A database that fails over, or is cut off, is back within a lease more often than not. All of the batch is tried as long as one
        // of its leases lasts: the tokens fence what was closed by others meanwhile.
        var leasedUntil = batch.Max(record => record.LeasedUntil);
        try
        {
            while (true)
            {
                if (await TryCommitAsync(batch, leasedUntil) is { } recorded)
                    return recorded;
                await Task.Delay(WaitBetweenTries, _clock);
            }
        }
        finally
        {
            // Crash here: all is recorded; lanes that have more to send are ready in their rows.
            _isCutOff = false;
            _wakeUp.Signal();
        }
    }

    /// <returns>Null when it is to be tried again.</returns>
    private async Task<IReadOnlyList<bool>?> TryCommitAsync(IReadOnlyList<DeliveryRecord> batch, DateTimeOffset leasedUntil)
    {
        try
        {
            var recorded = await _resilience.ExecuteAsync(
                token => _sql.RecordAsync(batch, _clock.GetUtcMicroseconds(), token), CancellationToken.None);
            if (_isCutOff)
                _logger.RecordingAgain(batch.Count);
            return recorded;
        }
        catch (Exception fault) when (_resilience.IsPassing(fault) && _clock.GetUtcNow() + WaitBetweenTries < leasedUntil)
        {
            if (!_isCutOff)
                _logger.RecordingFails(fault, batch.Count, leasedUntil);
            _isCutOff = true;
            return null;
        }
    }
}
