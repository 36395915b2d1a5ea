using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>Commit 1: accepts events. Concurrent requests share a transaction; each is answered after the commit that holds it.</summary>
internal sealed class OutboxWriter
{
    private readonly IWebhooksSql _sql;
    private readonly DatabaseResilience _resilience;
    private readonly IdGenerator _ids;
    private readonly ContentFilterCache _filters;
    private readonly WakeUp _wakeUp;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idempotencyPeriod;
    private readonly int _maxQueuedBytes;
    private readonly int _queueCapacity;
    private readonly GroupCommit<PublishRequest, PublishResult> _group;
    private long _queuedBytes;
    private int _queuedInBatches;

    public OutboxWriter(
        IWebhooksSql sql, DatabaseResilience resilience, IdGenerator ids, ContentFilterCache filters, WakeUp wakeUp, TimeProvider clock,
        IOptions<OutboxOptions> options)
    {
        (_sql, _resilience, _ids, _filters, _wakeUp, _clock) = (sql, resilience, ids, filters, wakeUp, clock);
        _idempotencyPeriod = options.Value.IdempotencyPeriod;
        _maxQueuedBytes = options.Value.MaxQueuedBytes;
        _queueCapacity = options.Value.QueueCapacity;
        _group = new(options.Value.QueueCapacity, options.Value.MaxBatch, CommitAsync, sql.IsTransient);
    }

    /// <summary>
    /// Returns once the event is durable, or refused. A cancelled caller may leave an accepted event behind: it retransmits with its
    /// idempotency key and gets the same answer.
    /// </summary>
    public Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellationToken) =>
        EnqueueAsync(request).WaitAsync(cancellationToken);

    /// <summary>Whether the request would be turned away just now. By the time that it comes it may be otherwise.</summary>
    public bool IsFullFor(PublishRequest request)
    {
        var queued = Interlocked.Read(ref _queuedBytes);
        return _group.IsFull || (queued > 0 && queued + request.WaitingBytes > _maxQueuedBytes);
    }

    // Counted until its commit ended, also when its caller gave up waiting: that long its payload is in memory.
    private async Task<PublishResult> EnqueueAsync(PublishRequest request)
    {
        var bytes = request.WaitingBytes;
        var queued = Interlocked.Add(ref _queuedBytes, bytes);
        try
        {
            var fits = queued <= _maxQueuedBytes || queued == bytes;
            return fits && _group.TryJoin(request) is { } commit ? await commit : new PublishResult(PublishStatus.QueueFull);
        }
        finally
        {
            Interlocked.Add(ref _queuedBytes, -bytes);
        }
    }

    /// <summary>
    /// The same for many at once: one transaction of their own, so either all that can be accepted are durable, or none is. A fault of
    /// the database refuses all of them.
    /// </summary>
    /// <param name="batch">Requests that share their idempotency claim, each with its <see cref="PublishRequest.Batch"/>.</param>
    /// <returns>One result for each, in order; null when too much waits already.</returns>
    public Task<IReadOnlyList<PublishResult>?> PublishBatchAsync(
        IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken) =>
        CommitCountedAsync(batch).WaitAsync(cancellationToken);

    private async Task<IReadOnlyList<PublishResult>?> CommitCountedAsync(IReadOnlyList<PublishRequest> batch)
    {
        var bytes = batch.Sum(request => request.WaitingBytes);
        var queued = Interlocked.Add(ref _queuedBytes, bytes);
        var messages = Interlocked.Add(ref _queuedInBatches, batch.Count);
        try
        {
            var fits = (queued <= _maxQueuedBytes || queued == bytes) && (messages <= _queueCapacity || messages == batch.Count);
            return fits ? await CommitAsync(batch) : null;
        }
        finally
        {
            Interlocked.Add(ref _queuedInBatches, -batch.Count);
            Interlocked.Add(ref _queuedBytes, -bytes);
        }
    }

    /// <summary>Writes a batch in one transaction, and tries it again where the database's fault was passing.</summary>
    public async Task<IReadOnlyList<PublishResult>> CommitAsync(IReadOnlyList<PublishRequest> batch)
    {
        var tries = new OutboxTries(batch, [.. batch.Select(_ => _ids.New<MessageId>())], _clock.GetUtcMicroseconds());
        var results = await _resilience.ExecuteAsync(cancellationToken => TryCommitAsync(tries, cancellationToken), CancellationToken.None);

        // Crash here: the rows are durable and due; this node's pump, or another's, finds them when it looks by itself.
        _wakeUp.Signal();
        return results;
    }

    private async Task<IReadOnlyList<PublishResult>> TryCommitAsync(OutboxTries tries, CancellationToken cancellationToken)
    {
        await using var transaction = await _sql.BeginOutboxAsync(cancellationToken);
        var snapshot = await transaction.ReadAsync(tries.Batch, cancellationToken);
        if (tries.AnyInDoubt && tries.ResultsOf(await transaction.FindAsync(tries.MessageIds, cancellationToken)) is { } committed)
            return committed; // only the answer got lost

        var plan = new OutboxPlan(snapshot, tries.MessageIds, _ids, tries.Now, _idempotencyPeriod, _filters);
        var results = tries.Batch.Select(plan.Add).ToArray();
        if (plan.Rows is { IsEmpty: false } rows)
        {
            await transaction.WriteAsync(rows, cancellationToken);
            tries.Commits(rows, results);
        }

        // Crash before this line: nobody was answered 202, nothing is written; publishers retransmit.
        await transaction.CommitAsync(cancellationToken);
        return results;
    }
}
