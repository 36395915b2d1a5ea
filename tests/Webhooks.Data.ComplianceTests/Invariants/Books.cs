using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.ComplianceTests.Invariants;

/// <summary>What must be true of the tables after every commit, whatever happened before.</summary>
internal sealed class Books(WebhooksDbContext db, DateTimeOffset now)
{
    public async Task ShouldBalanceAsync(IReadOnlySet<(MessageId, EndpointId, int)> accepted, CancellationToken cancellationToken)
    {
        var deliveries = await db.Deliveries.AsNoTracking().ToListAsync(cancellationToken);
        var attempts = await db.Attempts.GroupBy(a => a.DeliveryId).Select(a => new { a.Key, Count = a.Count() })
            .ToDictionaryAsync(a => a.Key, a => a.Count, cancellationToken);
        var endpoints = await db.Endpoints.AsNoTracking().ToDictionaryAsync(e => e.Id, cancellationToken);
        var applications = await db.Applications.AsNoTracking().ToDictionaryAsync(a => a.Id, cancellationToken);

        var unknowns = await db.Attempts.Where(a => a.Outcome == AttemptOutcome.Unknown)
            .Select(a => new { a.DeliveryId, a.EndpointId, a.Number }).ToListAsync(cancellationToken);

        EachAcceptedMessageHasOneDeliveryPerEndpoint(deliveries, accepted);
        foreach (var unknown in unknowns.Where(a => endpoints[a.EndpointId].UnknownOutcomePolicy == UnknownOutcomePolicy.DeadLetter))
            NothingFollows(deliveries.Find(d => d.Id == unknown.DeliveryId)!, unknown.Number);
        foreach (var key in deliveries.Where(d => d.OrderingKey is not null).GroupBy(d => (d.EndpointId, d.OrderingKey)))
            KeyHasOneHead([.. key.OrderBy(d => d.Sequence)]);
        await EachThatIsNotTriedAnyMoreIsToldOnceAsync(deliveries, cancellationToken);
        EachThatIsNotTriedAnyMoreIsInFrontOfPeople(deliveries, await db.DeadLetters.AsNoTracking().ToListAsync(cancellationToken));
        foreach (var delivery in deliveries)
            ColumnsFitTheState(delivery, attempts.GetValueOrDefault(delivery.Id));
        foreach (var lane in await db.Lanes.AsNoTracking().ToListAsync(cancellationToken))
            LaneFitsItsRows(lane, [.. deliveries.Where(d => d.EndpointId == lane.EndpointId)], endpoints[lane.EndpointId], applications[lane.ApplicationId]);
    }

    private static void EachAcceptedMessageHasOneDeliveryPerEndpoint(
        List<Delivery> deliveries, IReadOnlySet<(MessageId, EndpointId, int)> accepted)
    {
        deliveries.Count.ShouldBe(accepted.Count);
        accepted.SetEquals(deliveries.Select(d => (d.MessageId, d.EndpointId, d.ReplayNumber))).ShouldBeTrue("accepted events and the rows of the outbox differ");
    }

    private static void NothingFollows(Delivery delivery, int unknownAttempt) =>
        (delivery.State, delivery.Attempts).ShouldBe(
            (DeliveryState.Dead, unknownAttempt), "what may have arrived at an endpoint that wants at most once is not sent again");

    private async Task EachThatIsNotTriedAnyMoreIsToldOnceAsync(List<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var told = await db.OperationalEvents.AsNoTracking()
            .Where(e => e.Type == OperationalEventType.AttemptExhausted).ToListAsync(cancellationToken);
        told.Select(e => (e.MessageId!.Value, e.EndpointId)).Order()
            .ShouldBe(deliveries.Where(d => d.State is DeliveryState.Dead or DeliveryState.Held or DeliveryState.Canceled).Select(d => (d.MessageId, d.EndpointId)).Order());
    }

    private static void EachThatIsNotTriedAnyMoreIsInFrontOfPeople(List<Delivery> deliveries, List<DeadLetter> letters)
    {
        var ended = deliveries.Where(d => d.State is DeliveryState.Dead or DeliveryState.Held or DeliveryState.Canceled)
            .ToDictionary(d => d.Id);
        letters.Select(l => l.DeliveryId).ShouldBe(ended.Keys, ignoreOrder: true);
        foreach (var letter in letters)
        {
            var delivery = ended[letter.DeliveryId];
            var isDecided = letter.State is DeadLetterState.Replayed or DeadLetterState.Discarded;
            if (delivery.State != DeliveryState.Dead)
                isDecided.ShouldBe(delivery.State == DeliveryState.Canceled, "what is held ends with the decision, and by nothing else");
            (letter.ReplayDeliveryId is not null).ShouldBe(letter.State == DeadLetterState.Replayed);
            if (deliveries.Find(d => d.Id == letter.ReplayDeliveryId) is { } replay)
                (replay.MessageId, replay.EndpointId, replay.ReplayNumber > delivery.ReplayNumber)
                    .ShouldBe((letter.MessageId, letter.EndpointId, true));
        }
    }

    private static void ColumnsFitTheState(Delivery delivery, int attempts)
    {
        var sending = delivery.State == DeliveryState.Sending;
        (delivery.LeaseToken is not null, delivery.LeasedUntil is not null, delivery.LeasedBy is not null).ShouldBe((sending, sending, sending));
        delivery.FinishedAt.HasValue.ShouldBe(delivery.State is DeliveryState.Delivered or DeliveryState.Dead or DeliveryState.Filtered or DeliveryState.Canceled);
        delivery.DeadReason.HasValue.ShouldBe(delivery.State == DeliveryState.Dead);
        delivery.HoldReason.HasValue.ShouldBe(delivery.State == DeliveryState.Held);
        attempts.ShouldBe(delivery.Attempts - (sending ? 1 : 0), "each attempt that was claimed and ended has its row");
    }

    /// <param name="deliveries">All of one ordering key, in the order of their acceptance.</param>
    private static void KeyHasOneHead(List<Delivery> deliveries)
    {
        var states = deliveries.ConvertAll(d => d.State);
        var head = states.FindIndex(state => state is DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Queued);
        if (head < 0)
            return;

        states[head].ShouldNotBe(DeliveryState.Queued, "a key with deliveries on their way has one that is waiting or being sent");
        states.Skip(head + 1).ShouldAllBe(state => state == DeliveryState.Queued, "all that came after the head are queued behind it");
        deliveries.Skip(head + 1).ShouldAllBe(d => d.Attempts == 0);
    }

    private void LaneFitsItsRows(Lane lane, List<Delivery> rows, Endpoint endpoint, Application application)
    {
        lane.InFlight.ShouldBe(rows.Count(d => d.State == DeliveryState.Sending), "in-flight is the number of rows under lease");
        lane.InFlight.ShouldBeLessThanOrEqualTo(endpoint.MaxInFlight ?? new DeliveryOptions().MaxInFlightPerEndpoint);
        rows.ShouldAllBe(d => (d.Sequence == 0) == (d.State == DeliveryState.Filtered), "what is filtered out has no place in the lane");
        rows = rows.FindAll(d => d.State != DeliveryState.Filtered);
        lane.LastSequence.ShouldBe(rows.Count, "sequences have no gaps");
        rows.Select(d => d.Sequence).Order().ShouldBe(Enumerable.Range(1, rows.Count).Select(i => (long)i));

        if (lane.Held)
            lane.ReadyAt.ShouldBeNull("a held lane sleeps");
        else if (rows.Exists(d => d.State == DeliveryState.Waiting))
            LaneWillBeServed(lane, rows.Where(d => d.State == DeliveryState.Waiting).Min(d => d.DueAt), endpoint, application);
    }

    private void LaneWillBeServed(Lane lane, DateTimeOffset firstDueAt, Endpoint endpoint, Application application)
    {
        if (lane.ReadyAt is null)
        {
            (lane.Saturated && lane.InFlight > 0).ShouldBeTrue("a lane with waiting rows is ready some time, or wakes when an attempt ends");
            return;
        }

        DateTimeOffset?[] reasons =
        [
            now, firstDueAt, lane.PausedUntil, new Pace(endpoint.ThrottleRate, lane.PacedUntil).AtMost(lane.ReleaseRate).NextAt(now),
            new Pace(application.ThrottleRate, application.PacedUntil).NextAt(now),
        ];
        lane.ReadyAt.Value.ShouldBeLessThanOrEqualTo(reasons.Max()!.Value, "nothing lets this lane sleep so long");
        if (lane.PausedUntil > now)
            lane.ReadyAt.Value.ShouldBeGreaterThanOrEqualTo(lane.PausedUntil.Value, "a paused lane is not ready before its pause is over");
    }
}
