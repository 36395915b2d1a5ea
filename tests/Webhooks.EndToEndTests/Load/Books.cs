using Webhooks.Core.Deliveries;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Load;

/// <summary>
/// What was published, what the database says and what subscribers received, held against each other. Each check returns its
/// faults as sentences, so that a failed test shows them all.
/// </summary>
internal sealed class Books(IReadOnlyCollection<PublishedEvent> published, IReadOnlyCollection<SubscribedEndpoint> endpoints, Outbox outbox)
{
    private readonly IReadOnlyList<string> _messageIds = outbox.MessageIds();
    private readonly ILookup<(string, string), Outbox.DeliveryRow> _deliveries = outbox.Deliveries().ToLookup(row => (row.EndpointId, row.MessageId));
    private readonly ILookup<(string, string), Outbox.AttemptRow> _attempts = outbox.Attempts().ToLookup(row => (row.EndpointId, row.MessageId));

    public int Deliveries => _deliveries.Sum(group => group.Count());

    public int Unknowns => _attempts.Sum(group => group.Count(row => row.Outcome == AttemptOutcome.Unknown));

    /// <summary>Requests beyond the first for a message at an endpoint, whatever the reason.</summary>
    public int Repeats => endpoints.Sum(endpoint => endpoint.Received.Count - endpoint.Received.DistinctBy(request => request.MessageId).Count());

    /// <summary>Requests that followed one which the subscriber had answered 2xx.</summary>
    public int Duplicates => endpoints.Sum(endpoint => endpoint.Received.GroupBy(request => request.MessageId).Sum(group =>
        group.OrderBy(request => request.Order).SkipLast(1).Count(request => IsSuccess(request))));

    /// <summary>What each endpoint had to answer at once when it was most.</summary>
    public string MostAtOnce => string.Join(", ", endpoints.Select(endpoint => $"{endpoint.Name} {endpoint.MostAtOnce}"));

    public IEnumerable<string> Faults() =>
        [.. EventFaults(), .. DeliveryFaults(), .. StrangerFaults(), .. RequestFaults(), .. LaneFaults(), .. CapFaults()];

    /// <summary>One message for each idempotency key, and it is the one that the publisher was told.</summary>
    private IEnumerable<string> EventFaults()
    {
        var told = published.Select(e => e.MessageId).ToHashSet();
        if (told.Count != published.Count)
            yield return $"{published.Count} events got only {told.Count} message ids.";
        foreach (var id in _messageIds.Where(id => !told.Contains(id)))
            yield return $"Message {id} is in the database, and no publisher was ever told of it.";
        foreach (var id in told.Except(_messageIds))
            yield return $"Message {id} was answered 202 and is not in the database.";
    }

    /// <summary>Each message has one delivery to each endpoint that matches: delivered and received, or still queued.</summary>
    private IEnumerable<string> DeliveryFaults()
    {
        var expected = 0;
        foreach (var endpoint in endpoints)
        {
            var received = endpoint.Received.Where(IsSuccess).Select(request => request.MessageId).ToHashSet();
            foreach (var message in published.Where(message => endpoint.Matches(message.EventType)))
            {
                expected++;
                var rows = _deliveries[(endpoint.Id, message.MessageId)].ToList();
                if (rows is not [var row])
                    yield return $"{message.MessageId} has {rows.Count} deliveries to {endpoint.Name} instead of one.";
                else if (row.State == DeliveryState.Delivered ? !received.Contains(message.MessageId) : row.State != DeliveryState.Waiting)
                    yield return $"{message.MessageId} to {endpoint.Name} is {row.State}, received: {received.Contains(message.MessageId)}.";
            }
        }

        if (Deliveries != expected)
            yield return $"There are {Deliveries} deliveries instead of {expected}.";
    }

    /// <summary>Nothing arrives that was not accepted, or was accepted for others, or is not what was published.</summary>
    private IEnumerable<string> StrangerFaults()
    {
        var byId = published.ToDictionary(message => message.MessageId);
        foreach (var (endpoint, request) in endpoints.SelectMany(endpoint => endpoint.Received.Select(request => (endpoint, request))))
        {
            if (!byId.TryGetValue(request.MessageId, out var message))
                yield return $"{endpoint.Name} received {request.MessageId}, which was never accepted.";
            else if (!endpoint.Matches(message.EventType))
                yield return $"{endpoint.Name} received {request.MessageId}, which is a {message.EventType}.";
            else if (message.BodyHash != request.BodyHash)
                yield return $"{endpoint.Name} received other bytes of {request.MessageId} than were published.";
            if (request.Signature != VerificationResult.Valid)
                yield return $"{endpoint.Name} received {request.MessageId} with a signature that is {request.Signature}.";
        }
    }

    private IEnumerable<string> RequestFaults() =>
        from endpoint in endpoints
        from requests in endpoint.Received.GroupBy(request => request.MessageId)
        let history = new DeliveryHistory(_deliveries[(endpoint.Id, requests.Key)], _attempts[(endpoint.Id, requests.Key)])
        from fault in history.Faults([.. requests.OrderBy(request => request.Order)])
        select $"{requests.Key} at {endpoint.Name}: {fault}";

    private IEnumerable<string> LaneFaults()
    {
        if (outbox.InFlight() is var count and not 0)
            yield return $"The lanes count {count} attempts under way, and nothing runs.";
    }

    private IEnumerable<string> CapFaults() =>
        from endpoint in endpoints
        let cap = endpoint.MaxInFlight ?? LoadedEndpoints.MaxInFlight
        where endpoint.MostAtOnce > cap
        select $"{endpoint.Name} had {endpoint.MostAtOnce} requests at once, and {cap} are allowed.";

    private static bool IsSuccess(ReceivedRequest request) => request.Status is >= 200 and < 300;
}
