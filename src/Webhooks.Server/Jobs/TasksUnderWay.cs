using System.Collections.Concurrent;

namespace Webhooks.Server.Jobs;

/// <summary>
/// The tasks that this node has taken up, by their ids' texts: each is given to a worker once at a time. One that waits for its pace is
/// still taken, but holds no worker.
/// </summary>
internal sealed class TasksUnderWay
{
    // When it goes on; null where a worker has it.
    private readonly ConcurrentDictionary<string, DateTimeOffset?> _tasks = new(StringComparer.Ordinal);

    public bool TryAdd(string taskId) => _tasks.TryAdd(taskId, null);

    public void Remove(string taskId) => _tasks.TryRemove(taskId, out _);

    /// <summary>The worker gives it back until then. Lost with the process: the next start finds the task by its row.</summary>
    public void Pause(string taskId, DateTimeOffset until) => _tasks[taskId] = until;

    /// <summary>Those whose pause is over: they are for a worker again.</summary>
    public IReadOnlyList<string> Resume(DateTimeOffset now) =>
        [.. _tasks.Where(task => task.Value <= now && _tasks.TryUpdate(task.Key, null, task.Value)).Select(task => task.Key)];

    /// <summary>How long to wait for the first pause that ends, <paramref name="longest"/> at most.</summary>
    public TimeSpan NextIn(DateTimeOffset now, TimeSpan longest)
    {
        var next = _tasks.Values.Min() - now ?? longest;
        return next < TimeSpan.Zero ? TimeSpan.Zero : next < longest ? next : longest;
    }
}
