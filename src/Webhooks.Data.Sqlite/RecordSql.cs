using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.Sqlite;

/// <summary>Commit 3.</summary>
internal sealed class RecordSql(SqliteStatements statements, DateTimeOffset now)
{
    // The token fences: whoever lost the lease finds no row and writes nothing over another's result.
    public const string MoveDelivery = """
        UPDATE deliveries SET
            state = $3, due_at = $4, attempts = $5, failures = $6, own_faults = $7, last_outcome = $8, dead_reason = $9, finished_at = $10,
            hold_reason = $11, lease_token = NULL, leased_until = NULL, leased_by = NULL
        WHERE id = $1 AND state = 1 AND lease_token = $2
        """;

    private const string InsertAttempt = """
        INSERT INTO attempts
            (id, delivery_id, message_id, endpoint_id, number, trigger_type, started_at, outcome, url, status_code, dns_microseconds,
             connect_microseconds, tls_microseconds, first_byte_microseconds, total_microseconds, response_headers, response_body,
             error_code, error_text, node, receipt_answer, receipt_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        """;

    /// <summary>What a person has to decide about.</summary>
    public const string InsertDeadLetter = """
        INSERT INTO dead_letters (delivery_id, application_id, endpoint_id, message_id, event_type, dead_reason, hold_reason, state, created_at)
        SELECT d.id, m.application_id, d.endpoint_id, d.message_id, m.event_type, d.dead_reason, d.hold_reason, 0, $2
        FROM deliveries d JOIN messages m ON m.id = d.message_id
        WHERE d.id = $1
        """;

    // $2 attempts ended, $3 of them delivered, $4 the cap, $5 due again at, $6 paused until, $7 why, $8 never, $9 now, $10 whether any
    // went unanswered, $11 whether any failed. The limit follows the endpoint: one more for each delivery, half of it where nobody answers. What still comes back while the lane is paused was sent before it: it does not widen the lane again, only the probe after the pause does.
    // The cap is the one of the claim: where it was raised since, it must not narrow the lane either.
    public const string MoveLane = """
        UPDATE lanes SET
            in_flight = max(in_flight - $2, 0),
            in_flight_limit = CASE WHEN $6 IS NOT NULL THEN 1
                                   WHEN paused_until > $9 THEN in_flight_limit
                                   WHEN $10 THEN max(in_flight_limit / 2, 1)
                                   ELSE max(in_flight_limit, min(in_flight_limit + $3, $4)) END,
            paused_until = CASE WHEN $6 IS NULL THEN paused_until ELSE max(coalesce(paused_until, 0), $6) END,
            pause_reason = CASE WHEN $6 IS NULL THEN pause_reason ELSE $7 END,
            ready_at = CASE WHEN held THEN NULL ELSE max(
                coalesce(paused_until, 0), coalesce($6, 0),
                min(coalesce(ready_at, $8), coalesce($5, $8), CASE WHEN saturated THEN $9 ELSE $8 END)) END,
            failing_since = CASE WHEN $3 > 0 THEN NULL WHEN $11 THEN coalesce(failing_since, $9) ELSE failing_since END,
            saturated = 0
        WHERE endpoint_id = $1
        """;

    // A lane in which nothing waits any more is not ready: undo the "never" that stands for it in the statement above.
    private const string SleepLane = "UPDATE lanes SET ready_at = NULL WHERE endpoint_id = $1 AND ready_at >= $2";

    // On an engine that lets several writers in, only after the lane's row was written: whoever publishes locks it before it looks whether
    // the key is busy (OutboxSql). So it queues what is found here, or it finds the key free.
    public const string ReleaseNext = """
        UPDATE deliveries SET state = 0, due_at = $3
        WHERE rowid = (
            SELECT rowid FROM deliveries INDEXED BY ix_deliveries_queued
            WHERE endpoint_id = $1 AND ordering_key = $2 AND state = 7
            ORDER BY sequence
            LIMIT 1)
        """;

    // The lane is not saturated any more: an attempt of it has just ended.
    public const string ReadyLane = """
        UPDATE lanes SET ready_at = max(coalesce(paused_until, 0), min(coalesce(ready_at, $2), $2)) WHERE endpoint_id = $1 AND NOT held
        """;

    private const string DisableEndpoint = """
        UPDATE endpoints SET disabled = 1, disabled_reason = $2, updated_at = $3 WHERE id = $1 AND disabled = 0
        """;

    private const string HoldLane = "UPDATE lanes SET held = 1, ready_at = NULL WHERE endpoint_id = $1";

    private const long Never = long.MaxValue;

    public List<bool> Run(IReadOnlyList<DeliveryRecord> records)
    {
        var written = records.Select(Write).ToList();
        var lanes = records.Where((_, index) => written[index]).GroupBy(record => record.EndpointId);
        foreach (var lane in lanes)
            Move(lane.Key, [.. lane]);
        return written;
    }

    private bool Write(DeliveryRecord record)
    {
        var finished = record.State is DeliveryState.Delivered or DeliveryState.Dead;
        var rows = statements.Execute(
            MoveDelivery, record.DeliveryId.ToBytes(), record.LeaseToken, (int)record.State, record.DueAt.ToUnixMicroseconds(),
            record.Attempts, record.Failures, record.OwnFaults, (int?)record.LastOutcome, (int?)record.DeadReason,
            finished ? now.ToUnixMicroseconds() : null, (int?)record.HoldReason);
        if (rows == 0)
            return false;

        if (record.Attempt is { } attempt)
            Insert(attempt);
        if (record.IsForPerson)
            statements.Execute(InsertDeadLetter, record.DeliveryId.ToBytes(), now.ToUnixMicroseconds());
        if (record.Events.Count > 0)
            Tell(record.Events.Where(told => told.Type != OperationalEventType.EndpointDisabled));
        return true;
    }

    private void Insert(Attempt attempt) => statements.Execute(
        InsertAttempt, attempt.Id.ToBytes(), attempt.DeliveryId.ToBytes(), attempt.MessageId.ToBytes(), attempt.EndpointId.ToBytes(),
        attempt.Number, (int)attempt.TriggerType, attempt.StartedAt.ToUnixMicroseconds(), (int)attempt.Outcome, attempt.Url,
        attempt.StatusCode, attempt.DnsMicroseconds, attempt.ConnectMicroseconds, attempt.TlsMicroseconds, attempt.FirstByteMicroseconds,
        attempt.TotalMicroseconds, attempt.ResponseHeaders, attempt.ResponseBody, attempt.ErrorCode, attempt.ErrorText, attempt.Node,
        (int?)attempt.ReceiptAnswer, attempt.ReceiptText);

    private void Move(EndpointId endpointId, IReadOnlyCollection<DeliveryRecord> records)
    {
        var id = endpointId.ToBytes();
        var pause = records.Select(record => record.Lane.Pause).OfType<LanePause>().OrderBy(pause => pause.Until).Cast<LanePause?>().LastOrDefault();
        var waiting = records.Where(record => record.State == DeliveryState.Waiting).ToList();
        statements.Execute(
            MoveLane, id, records.Count, records.Count(record => record.Lane.Succeeded), records.First().Lane.MaxInFlight,
            waiting.Count == 0 ? null : waiting.Min(record => record.DueAt).ToUnixMicroseconds(),
            pause?.Until.ToUnixMicroseconds(), (int?)pause?.Reason, Never, now.ToUnixMicroseconds(),
            records.Any(record => record.Lane.Unanswered), records.Any(record => record.Lane.Failed));
        statements.Execute(SleepLane, id, Never);
        ReleaseKeys(id, records);

        if (!records.Any(record => record.Lane.Gone))
            return;
        if (statements.Execute(DisableEndpoint, id, (int)EndpointDisabledReason.Gone, now.ToUnixMicroseconds()) > 0)
            Tell(records.SelectMany(record => record.Events).Where(told => told.Type == OperationalEventType.EndpointDisabled).Take(1));
        statements.Execute(HoldLane, id);
    }

    // Each key has one delivery that is waiting or being sent. One of these has ended, whichever way, so the next of its key has its turn.
    // Crash before the commit: nothing of this happened; the lease runs out, and the sweep's record does the same.
    private void ReleaseKeys(byte[] endpointId, IEnumerable<DeliveryRecord> records)
    {
        var released = 0;
        foreach (var record in records)
        {
            if (record.OrderingKey is { } key && record.State != DeliveryState.Waiting)
                released += statements.Execute(ReleaseNext, endpointId, key, now.ToUnixMicroseconds());
        }

        if (released > 0)
            statements.Execute(ReadyLane, endpointId, now.ToUnixMicroseconds());
    }

    private void Tell(IEnumerable<OperationalEvent> events)
    {
        var sql = new OperationalEventSql(statements);
        foreach (var told in events)
            sql.Insert(told);
    }
}
