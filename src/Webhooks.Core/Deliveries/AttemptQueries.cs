using System.Text;
using Webhooks.Core.Data;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>Attempts as lists filter and show them.</summary>
internal static class AttemptQueries
{
    public static IQueryable<Attempt> Where(this IQueryable<Attempt> attempts, AttemptListQuery query, WebhooksDbContext db)
    {
        var (before, after) = (query.Range.Before, query.Range.After);
        attempts = attempts.Where(a => (before == null || a.StartedAt < before) && (after == null || a.StartedAt > after));
        attempts = query.Status switch
        {
            null => attempts,
            MessageStatus.Success => attempts.Where(a => a.Outcome == AttemptOutcome.Delivered),
            MessageStatus.Fail => attempts.Where(a => a.Outcome != AttemptOutcome.Delivered),
            _ => attempts.Where(a => false),
        };
        if (query.StatusCodeClass is { } from)
            attempts = from == 0
                ? attempts.Where(a => a.StatusCode == null)
                : attempts.Where(a => a.StatusCode >= from && a.StatusCode < from + 100);
        if (query.Messages is { Channel: null, EventTypes: null })
            return attempts;

        var messages = db.Messages.Where(query.Messages);
        return attempts.Where(a => messages.Any(m => m.Id == a.MessageId));
    }

    public static IQueryable<MessageAttemptOut> ToOut(this IQueryable<Attempt> attempts, WebhooksDbContext db, bool withContent) =>
        from a in attempts
        join d in db.Deliveries on a.DeliveryId equals d.Id into deliveries
        from delivery in deliveries.DefaultIfEmpty()
        select new MessageAttemptOut
        {
            Id = a.Id,
            MsgId = a.MessageId,
            EndpointId = a.EndpointId,
            DeliveryId = a.DeliveryId,
            Url = a.Url,
            Timestamp = a.StartedAt,
            Status = (int)StatusOf(a.Outcome),
            StatusText = StatusOf(a.Outcome),
            TriggerType = (int)a.TriggerType,
            ResponseStatusCode = a.StatusCode ?? 0,
            Response = Text(withContent ? a.ResponseBody : null),
            ResponseHeaders = Lines(withContent ? a.ResponseHeaders : null),
            ResponseDurationMs = a.TotalMicroseconds / 1_000,
            Durations = new AttemptDurations(
                Milliseconds(a.DnsMicroseconds), Milliseconds(a.ConnectMicroseconds), Milliseconds(a.TlsMicroseconds),
                Milliseconds(a.FirstByteMicroseconds), a.TotalMicroseconds / 1_000.0),
            Outcome = a.Outcome,
            Number = a.Number,
            ErrorCode = a.ErrorCode,
            ErrorText = a.ErrorText,
            ReceiptCheck = ReceiptOf(a.ReceiptAnswer, a.ReceiptText),
            Node = a.Node,
            State = delivery == null ? null : delivery.State,
            NextAttempt = delivery != null && delivery.State == DeliveryState.Waiting ? delivery.DueAt : null,
        };

    // An attempt is a fact: it does not become "sending" because its delivery goes on.
    private static MessageStatus StatusOf(AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Delivered ? MessageStatus.Success : MessageStatus.Fail;

    private static ReceiptCheckOut? ReceiptOf(ReceiptAnswer? answer, string? text) => answer is { } said ? new(said, text) : null;

    // What a subscriber answers need not be text: bytes that are not UTF-8 become U+FFFD.
    private static string Text(byte[]? body) => body is null ? "" : Encoding.UTF8.GetString(body);

    private static string[] Lines(string? headers) => string.IsNullOrEmpty(headers) ? [] : headers.Split('\n');

    private static double? Milliseconds(long? microseconds) => microseconds / 1_000.0;
}
