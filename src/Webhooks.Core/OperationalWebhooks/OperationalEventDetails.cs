using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>An event with what its message says beside it, read when it is relayed.</summary>
/// <param name="DisabledReason">Why the service disabled the endpoint, as it is now; null when it did not.</param>
/// <param name="ApplicationId">Null where the endpoint's row is gone, and with it what there was to tell.</param>
internal sealed record OperationalEventDetails(
    OperationalEvent Event, ApplicationId? ApplicationId, string? ApplicationUid, EndpointDisabledReason? DisabledReason, string? MessageEventId,
    LastAttempt? Attempt)
{
    /// <summary>The oldest events.</summary>
    public static IQueryable<OperationalEventDetails> Read(WebhooksDbContext db, int count) =>
        from told in db.OperationalEvents.AsNoTracking().OrderBy(e => e.Id).Take(count)
        join e in db.Endpoints on told.EndpointId equals e.Id into endpoints
        from endpoint in endpoints.DefaultIfEmpty()
        join a in db.Applications on endpoint.ApplicationId equals a.Id into applications
        from application in applications.DefaultIfEmpty()
        join m in db.Messages on told.MessageId equals (Messages.MessageId?)m.Id into messages
        from message in messages.DefaultIfEmpty()
        join t in db.Attempts on told.AttemptId equals (AttemptId?)t.Id into attempts
        from attempt in attempts.DefaultIfEmpty()
        orderby told.Id
        select new OperationalEventDetails(
            told,
            application == null ? null : application.Id,
            application == null ? null : application.Uid,
            endpoint == null ? null : endpoint.DisabledReason,
            message == null ? null : message.EventId,
            attempt == null ? null : new LastAttempt(attempt.Id, attempt.StatusCode ?? 0, attempt.StartedAt));
}

/// <summary>The attempt that an event is about.</summary>
/// <param name="ResponseStatusCode">0 when no answer began.</param>
/// <param name="Timestamp">When it was started.</param>
internal sealed record LastAttempt(AttemptId Id, int ResponseStatusCode, DateTimeOffset Timestamp);
