using System.Collections.Concurrent;

namespace Webhooks.Server.Inbox;

/// <summary>What the test inboxes received, in memory, newest first. Bounded: it is for trying things out.</summary>
internal sealed class InboxStore(TimeProvider clock)
{
    private const int MaxInboxes = 100;
    private const int MaxRequests = 100;

    private readonly ConcurrentDictionary<string, Inbox> _inboxes = new(StringComparer.Ordinal);

    /// <summary>False when there are too many inboxes already.</summary>
    public bool TryAdd(string name, InboxRequest request)
    {
        if (Find(name) is not { } inbox)
            return false;

        lock (inbox.Requests)
        {
            inbox.Requests.AddFirst(request);
            if (inbox.Requests.Count > MaxRequests)
                inbox.Requests.RemoveLast();
        }

        inbox.First.TrySetResult();
        return true;
    }

    /// <summary>What is there; while there is nothing, waits up to <paramref name="patience"/> for the first request.</summary>
    public async Task<IReadOnlyList<InboxRequest>> ReadAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (Find(name) is not { } inbox)
            return [];

        await inbox.First.Task.WaitAsync(patience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (inbox.Requests)
            return [.. inbox.Requests];
    }

    private Inbox? Find(string name) =>
        _inboxes.Count < MaxInboxes ? _inboxes.GetOrAdd(name, _ => new Inbox()) : _inboxes.GetValueOrDefault(name);

    private sealed class Inbox
    {
        public LinkedList<InboxRequest> Requests { get; } = [];
        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
