using System.Collections.Concurrent;

namespace Webhooks.Server.Jobs;

/// <summary>The tasks that this node has taken up, by their ids' texts: each is given to a worker once at a time.</summary>
internal sealed class TasksUnderWay
{
    private readonly ConcurrentDictionary<string, byte> _tasks = new(StringComparer.Ordinal);

    public bool TryAdd(string taskId) => _tasks.TryAdd(taskId, 0);

    public void Remove(string taskId) => _tasks.TryRemove(taskId, out _);
}
