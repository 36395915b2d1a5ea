using System.Collections.Concurrent;

namespace Webhooks.Core.Data;

/// <summary>
/// Lets concurrent callers share a transaction. While one commit is under way the next callers gather, and the next commit takes
/// them all: no timer, no added wait when idle, and larger groups exactly when the disk is the limit.
/// </summary>
/// <param name="capacity">How many callers may wait at once.</param>
/// <param name="maxBatch">How many share one transaction at most.</param>
/// <param name="commit">Commits a batch; returns one result for each item, in order.</param>
/// <param name="concernsAll">Whether a fault has nothing to do with what was committed, so that one item alone would meet it too.</param>
internal sealed class GroupCommit<TItem, TResult>(
    int capacity, int maxBatch, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> commit, Func<Exception, bool> concernsAll)
{
    private readonly ConcurrentQueue<Entry> _queue = new();
    private int _waiting;
    private int _draining;

    /// <summary>Whether <c>capacity</c> callers wait just now.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= capacity;

    /// <summary>Joins the next commit; null when <c>capacity</c> callers wait already. The task ends after the commit.</summary>
    public Task<TResult>? TryJoin(TItem item)
    {
        if (Interlocked.Increment(ref _waiting) > capacity)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        var entry = new Entry(item);
        _queue.Enqueue(entry);
        StartDraining();
        return entry.Completion.Task;
    }

    private void StartDraining()
    {
        if (Interlocked.CompareExchange(ref _draining, 1, 0) == 0)
            _ = Task.Run(DrainAsync); // never throws: every fault is handed to the callers whose entries it concerns
    }

    private async Task DrainAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
            await CommitAsync(batch);

        // Whoever enqueued after the last look and before this line found us draining, so look once more. A full fence: with a plain
        // write that look could come first, and an entry be left behind with nobody to drain it.
        Interlocked.Exchange(ref _draining, 0);
        if (!_queue.IsEmpty)
            StartDraining();
    }

    private List<Entry> TakeBatch()
    {
        var batch = new List<Entry>();
        while (batch.Count < maxBatch && _queue.TryDequeue(out var entry))
            batch.Add(entry);
        Interlocked.Add(ref _waiting, -batch.Count);
        return batch;
    }

    private async Task CommitAsync(List<Entry> batch)
    {
        try
        {
            var results = await commit(batch.ConvertAll(entry => entry.Item));
            for (var i = 0; i < batch.Count; i++)
                batch[i].Completion.SetResult(results[i]);
        }
        catch (Exception fault) when (batch.Count > 1 && !concernsAll(fault))
        {
            // The transaction rolled back whole. Alone, each item succeeds or fails by itself: one offending row harms no other.
            foreach (var entry in batch)
                await CommitAsync([entry]);
        }
        catch (Exception fault)
        {
            foreach (var entry in batch)
                entry.Completion.SetException(fault);
        }
    }

    private sealed class Entry(TItem item)
    {
        public TItem Item => item;
        public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
