using Webhooks.Core.Deliveries;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Load;

/// <summary>What the database recorded of one message's way to one endpoint, against what the endpoint received of it.</summary>
internal sealed class DeliveryHistory(IEnumerable<Outbox.DeliveryRow> deliveries, IEnumerable<Outbox.AttemptRow> attempts)
{
    private readonly List<Outbox.AttemptRow> _attempts = [.. attempts];
    private readonly Outbox.DeliveryRow? _delivery = deliveries.FirstOrDefault();

    /// <param name="requests">In the order in which they arrived.</param>
    public IEnumerable<string> Faults(IReadOnlyList<ReceivedRequest> requests) =>
        [.. AttemptFaults(), .. OrderFaults(requests), .. requests.SelectMany(HeaderFaults), .. requests.SkipLast(1).SelectMany(RepeatFaults)];

    private IEnumerable<string> AttemptFaults()
    {
        if (!_attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, _attempts.Count)))
            yield return $"its attempts are numbered {string.Join(", ", _attempts.Select(attempt => attempt.Number))}.";
        if (_attempts.SkipLast(1).Any(attempt => attempt.Outcome == AttemptOutcome.Delivered))
            yield return "it was tried again after it was delivered.";
        var last = _attempts.LastOrDefault();
        if (_delivery is { State: DeliveryState.Delivered }
            && (last?.Number, last?.Outcome) != (_delivery.Attempts, AttemptOutcome.Delivered))
            yield return $"it is delivered by attempt {_delivery.Attempts}, and the last on record is {last?.Number}, {last?.Outcome}.";
    }

    private static IEnumerable<string> OrderFaults(IReadOnlyList<ReceivedRequest> requests)
    {
        for (var i = 1; i < requests.Count; i++)
        {
            if (requests[i].Attempt <= requests[i - 1].Attempt)
                yield return $"attempt {requests[i].Attempt} arrived after attempt {requests[i - 1].Attempt}.";
        }
    }

    private IEnumerable<string> HeaderFaults(ReceivedRequest request)
    {
        var prior = request.Attempt == 1 ? PriorOutcomes.None : NameOf(OutcomeOf(request.Attempt - 1));
        if (request.PriorOutcome != prior)
            yield return $"attempt {request.Attempt} says that the one before was {request.PriorOutcome}; on record it is {prior}.";
        if (request.Sequence != _delivery?.Sequence)
            yield return $"attempt {request.Attempt} has the sequence {request.Sequence} instead of {_delivery?.Sequence}.";
        if (request.IdempotencyKey != request.MessageId)
            yield return $"attempt {request.Attempt} has the idempotency key {request.IdempotencyKey}.";
    }

    /// <summary>A request that another one follows must not be on record as delivered: rejected where it was, or else unknown.</summary>
    private IEnumerable<string> RepeatFaults(ReceivedRequest request)
    {
        var outcome = OutcomeOf(request.Attempt);
        var wasRejected = request.Status >= 300 && outcome == AttemptOutcome.Rejected;
        if (outcome != AttemptOutcome.Unknown && !wasRejected)
            yield return $"attempt {request.Attempt} was answered {request.Status}, is on record as {outcome?.ToString() ?? "nothing"}, and was followed by another.";
    }

    private AttemptOutcome? OutcomeOf(int number) => _attempts.Find(attempt => attempt.Number == number)?.Outcome;

    private static string NameOf(AttemptOutcome? outcome) => outcome switch
    {
        AttemptOutcome.Rejected => PriorOutcomes.Rejected,
        AttemptOutcome.NotSent => PriorOutcomes.NotSent,
        AttemptOutcome.Unknown => PriorOutcomes.Unknown,
        AttemptOutcome.Delivered => "delivered",
        _ => "missing",
    };
}
