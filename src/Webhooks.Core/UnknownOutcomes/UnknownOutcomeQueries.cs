using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>
/// Deliveries with an attempt whose outcome is unknown, each once. Written as the indexes of just these attempts are: the history beside
/// them costs nothing.
/// </summary>
internal static class UnknownOutcomeQueries
{
    // An attempt's id is made after it began; a clock that was set back meanwhile must not hide one.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <param name="application">Whose endpoints; null for all.</param>
    /// <param name="endpoints">Which endpoints; null for all.</param>
    public static IQueryable<UnknownOutcome> UnknownOutcomes(
        this WebhooksDbContext db, UnknownOutcomeFilter filter, ApplicationId? application, IReadOnlyList<EndpointId>? endpoints)
    {
        var attempts = db.Attempts.Where(a => a.Outcome == AttemptOutcome.Unknown);
        if (endpoints is not null)
            attempts = attempts.Where(a => endpoints.Contains(a.EndpointId));
        else if (application is not null)
            attempts = attempts.Where(a => db.Endpoints.Any(e => e.Id == a.EndpointId && e.ApplicationId == application));
        if (filter.Range.After is { } after)
        {
            var first = IdTime.FirstOf<AttemptId>(IdTime.Before(after, Slack));
            attempts = attempts.Where(a => a.Id >= first && a.StartedAt > after);
        }

        if (filter.Range.Before is { } before)
            attempts = attempts.Where(a => a.StartedAt < before);

        var outcomes =
            from attempt in attempts
            where !db.Attempts.Any(a => a.DeliveryId == attempt.DeliveryId && a.Outcome == AttemptOutcome.Unknown && a.Id > attempt.Id)
            join delivery in db.Deliveries on attempt.DeliveryId equals delivery.Id
            join message in db.Messages on attempt.MessageId equals message.Id
            join l in db.DeadLetters on attempt.DeliveryId equals l.DeliveryId into letters
            from letter in letters.DefaultIfEmpty()
            select new UnknownOutcome { Attempt = attempt, Delivery = delivery, Message = message, Letter = letter };
        if (filter.EventTypes is { } types)
            outcomes = outcomes.Where(o => types.Contains(o.Message.EventType));
        return filter.FollowedBy is { } followUp ? outcomes.Where(followUp) : outcomes;
    }

    /// <summary>The newest of them by what followed, as far as they are counted.</summary>
    public static IQueryable<CountedFollowUp> Count(this IQueryable<UnknownOutcome> outcomes) => outcomes
        .OrderByDescending(o => o.Attempt.Id)
        .Take(BacklogQueries.MaxCounted)
        .Select(o => new { o.Delivery.State, o.Delivery.LastOutcome, Decision = (DeadLetterState?)o.Letter!.State })
        .GroupBy(o => o)
        .Select(same => new CountedFollowUp(same.Key.State, same.Key.LastOutcome, same.Key.Decision, same.Count()));

    public static IQueryable<UnknownOutcomeOut> ToOut(this IQueryable<UnknownOutcome> outcomes, WebhooksDbContext db) => outcomes
        .Select(o => new UnknownOutcomeOut
        {
            Id = o.Attempt.Id,
            DeliveryId = o.Attempt.DeliveryId,
            ApplicationId = o.Message.ApplicationId,
            EndpointId = o.Attempt.EndpointId,
            MsgId = o.Attempt.MessageId,
            EventId = o.Message.EventId,
            EventType = o.Message.EventType,
            Timestamp = o.Attempt.StartedAt,
            Number = o.Attempt.Number,
            ErrorCode = o.Attempt.ErrorCode,
            ErrorText = o.Attempt.ErrorText,
            UnknownAttempts = db.Attempts.Count(a => a.DeliveryId == o.Attempt.DeliveryId && a.Outcome == AttemptOutcome.Unknown),
            FollowedBy = UnknownOutcomeFollowUps.Of(
                o.Delivery.State, o.Delivery.LastOutcome, o.Letter == null ? null : (DeadLetterState?)o.Letter.State),
            State = o.Delivery.State,
            NextAttempt = o.Delivery.State == DeliveryState.Waiting ? o.Delivery.DueAt : null,
            FinishedAt = o.Delivery.FinishedAt,
            DecidedBy = o.Letter == null ? null : o.Letter.DecidedBy,
            DecidedAt = o.Letter == null ? null : o.Letter.DecidedAt,
            Note = o.Letter == null ? null : o.Letter.Note,
            ReplayDeliveryId = o.Letter == null ? null : o.Letter.ReplayDeliveryId,
        });
}

/// <summary>Unknown outcomes that were followed by the same.</summary>
internal sealed record CountedFollowUp(DeliveryState State, AttemptOutcome? LastOutcome, DeadLetterState? Decision, int Count);
