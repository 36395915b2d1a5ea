using System.Collections.Concurrent;

namespace Webhooks.Server.Inbox;

/// <summary>What the test inboxes received, in memory, newest first. Bounded: it is for trying things out.</summary>
internal sealed class InboxStore
{
    private const int MaxInboxes = 100;
    private const int MaxRequests = 100;

    private readonly ConcurrentDictionary<string, LinkedList<InboxRequest>> _inboxes = new(StringComparer.Ordinal);

    /// <summary>False when there are too many inboxes already.</summary>
    public bool TryAdd(string name, InboxRequest request)
    {
        if (_inboxes.Count >= MaxInboxes && !_inboxes.ContainsKey(name))
            return false;

        var requests = _inboxes.GetOrAdd(name, _ => []);
        lock (requests)
        {
            requests.AddFirst(request);
            if (requests.Count > MaxRequests)
                requests.RemoveLast();
        }

        return true;
    }

    public IReadOnlyList<InboxRequest> Read(string name)
    {
        if (!_inboxes.TryGetValue(name, out var requests))
            return [];
        lock (requests)
            return [.. requests];
    }
}
