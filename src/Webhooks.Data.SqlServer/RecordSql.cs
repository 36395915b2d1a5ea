using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.SqlServer;

/// <summary>Commit 3, in two round trips: first the deliveries, because only those still under lease have a say in the rest.</summary>
internal sealed class RecordSql(SqlServerStatements statements, DateTimeOffset now)
{
    // The token fences: whoever lost the lease finds no row and writes nothing over another's result.
    public const string MoveDeliveries = """
        UPDATE d SET
            state = k.state, due_at = k.due_at, attempts = k.attempts, failures = k.failures, own_faults = k.own_faults,
            last_outcome = k.last_outcome, dead_reason = k.dead_reason, finished_at = k.finished_at,
            hold_reason = k.hold_reason, lease_token = NULL, leased_until = NULL, leased_by = NULL
        OUTPUT inserted.id, deleted.lease_token
        FROM OPENJSON(@records) WITH (
            id char(32), lease_token char(32), state int, due_at bigint, attempts int, failures int, own_faults int, last_outcome int,
            dead_reason int, finished_at bigint, hold_reason int) AS k
        INNER LOOP JOIN deliveries AS d WITH (ROWLOCK) ON d.id = CONVERT(binary(16), k.id, 2)
        WHERE d.state = 1 AND d.lease_token = CONVERT(varbinary(16), k.lease_token, 2);
        """;

    public const string InsertAttempts = """
        INSERT INTO attempts
            (id, delivery_id, message_id, endpoint_id, number, trigger_type, started_at, outcome, url, status_code, dns_microseconds,
             connect_microseconds, tls_microseconds, first_byte_microseconds, total_microseconds, response_headers, response_body,
             error_code, error_text, node, receipt_answer, receipt_text)
        SELECT CONVERT(binary(16), k.id, 2), CONVERT(binary(16), k.delivery_id, 2), CONVERT(binary(16), k.message_id, 2),
               CONVERT(binary(16), k.endpoint_id, 2), k.number, k.trigger_type, k.started_at, k.outcome, k.url, k.status_code,
               k.dns_microseconds, k.connect_microseconds, k.tls_microseconds, k.first_byte_microseconds, k.total_microseconds,
               k.response_headers, SUBSTRING(@bodies, k.body_start, k.body_length), k.error_code, k.error_text, k.node,
               k.receipt_answer, k.receipt_text
        FROM OPENJSON(@attempts) WITH (
            id char(32), delivery_id char(32), message_id char(32), endpoint_id char(32), number int, trigger_type int, started_at bigint,
            outcome int, url nvarchar(max), status_code int, dns_microseconds bigint, connect_microseconds bigint, tls_microseconds bigint,
            first_byte_microseconds bigint, total_microseconds bigint, response_headers nvarchar(max), body_start int, body_length int,
            error_code nvarchar(64), error_text nvarchar(max), node nvarchar(256), receipt_answer int,
            receipt_text nvarchar(256)) AS k;

        """;

    // The limit follows the endpoint: one more for each delivery, half of it where nobody answers. What still comes back while the lane is
    // paused was sent before it: it does not widen the lane again, only the probe after the pause does. The cap is the one of the claim:
    // where it was raised since, it must not narrow the lane either. A lane in which nothing waits any more is not ready.
    public const string MoveLanes = """
        UPDATE l SET
            in_flight = CASE WHEN l.in_flight > k.ended THEN l.in_flight - k.ended ELSE 0 END,
            in_flight_limit = CASE WHEN k.paused_until IS NOT NULL THEN 1
                                   WHEN l.paused_until > @now THEN l.in_flight_limit
                                   WHEN k.unanswered = 1 THEN CASE WHEN l.in_flight_limit > 3 THEN l.in_flight_limit / 2 ELSE 1 END
                                   WHEN l.in_flight_limit >= k.max_in_flight THEN l.in_flight_limit
                                   WHEN l.in_flight_limit + k.delivered > k.max_in_flight THEN k.max_in_flight
                                   ELSE l.in_flight_limit + k.delivered END,
            paused_until = CASE WHEN k.paused_until > l.paused_until OR l.paused_until IS NULL THEN k.paused_until ELSE l.paused_until END,
            pause_reason = CASE WHEN k.paused_until IS NULL THEN l.pause_reason ELSE k.pause_reason END,
            ready_at = CASE WHEN l.held = 1 OR due.earliest IS NULL THEN NULL ELSE allowed.earliest END,
            failing_since = CASE WHEN k.delivered > 0 THEN NULL
                                 WHEN k.failed = 1 AND l.failing_since IS NULL THEN @now
                                 ELSE l.failing_since END,
            saturated = 0
        FROM OPENJSON(@lanes) WITH (
            endpoint_id char(32), ended int, delivered int, max_in_flight int, due_at bigint, paused_until bigint, pause_reason int,
            unanswered bit, failed bit) AS k
        INNER LOOP JOIN lanes AS l WITH (ROWLOCK) ON l.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2)
        CROSS APPLY (
            SELECT MIN(t.at) AS earliest
            FROM (VALUES (l.ready_at), (k.due_at), (CASE WHEN l.saturated = 1 THEN @now END)) AS t (at)
            WHERE t.at IS NOT NULL) AS due
        CROSS APPLY (
            SELECT MAX(t.at) AS earliest FROM (VALUES (due.earliest), (l.paused_until), (k.paused_until)) AS t (at)
            WHERE t.at IS NOT NULL) AS allowed;

        """;

    // The keys one of whose deliveries has ended, whichever way: the next of each has its turn. Each key has one delivery that is waiting
    // or being sent, so it is named once. Under the lane's lock, which whoever publishes takes before it looks whether the key is busy
    // (OutboxSnapshotSql): so it queued what is found here, or it finds the key free. The lanes are not saturated any more.
    public const string ReleaseNext = """
        DECLARE @released TABLE (endpoint_id binary(16) NOT NULL);
        UPDATE d SET state = 0, due_at = @now
        OUTPUT inserted.endpoint_id INTO @released (endpoint_id)
        FROM OPENJSON(@keys) WITH (endpoint_id char(32), ordering_key nvarchar(256)) AS k
        CROSS APPLY (
            SELECT TOP (1) q.id
            FROM deliveries AS q WITH (UPDLOCK, ROWLOCK, INDEX(ix_deliveries_queued))
            WHERE q.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2)
                AND q.ordering_key = k.ordering_key COLLATE Latin1_General_100_BIN2 AND q.state = 7
            ORDER BY q.sequence) AS successor
        INNER LOOP JOIN deliveries AS d WITH (ROWLOCK) ON d.id = successor.id;

        UPDATE l SET ready_at = CASE WHEN l.paused_until > earliest.ready_at THEN l.paused_until ELSE earliest.ready_at END
        FROM (SELECT DISTINCT endpoint_id FROM @released) AS r
        INNER LOOP JOIN lanes AS l WITH (ROWLOCK) ON l.endpoint_id = r.endpoint_id
        CROSS APPLY (SELECT CASE WHEN l.ready_at < @now THEN l.ready_at ELSE @now END AS ready_at) AS earliest
        WHERE l.held = 0;

        """;

    // What a person has to decide about.
    public const string InsertDeadLetters = """
        INSERT INTO dead_letters (delivery_id, application_id, endpoint_id, message_id, event_type, dead_reason, hold_reason, state, created_at)
        SELECT d.id, m.application_id, d.endpoint_id, d.message_id, m.event_type, d.dead_reason, d.hold_reason, 0, @now
        FROM OPENJSON(@dead) WITH (id char(32) '$') AS k
        INNER LOOP JOIN deliveries AS d ON d.id = CONVERT(binary(16), k.id, 2)
        INNER LOOP JOIN messages AS m ON m.id = d.message_id;

        """;

    public const string DisableEndpoints = """
        UPDATE e SET disabled = 1, disabled_reason = @reason, updated_at = @now
        FROM OPENJSON(@gone) WITH (id char(32) '$') AS k
        INNER LOOP JOIN endpoints AS e WITH (ROWLOCK) ON e.id = CONVERT(binary(16), k.id, 2)
        WHERE e.disabled = 0;

        """;

    public const string HoldLanes = """
        UPDATE l SET held = 1, ready_at = NULL
        FROM OPENJSON(@gone) WITH (id char(32) '$') AS k
        INNER LOOP JOIN lanes AS l WITH (ROWLOCK) ON l.endpoint_id = CONVERT(binary(16), k.id, 2);
        """;

    // What goes in one round trip.
    private const string MoveUnderLocks = LaneSql.Lock + MoveDeliveries;

    // XACT_ABORT: the first statement that fails ends the whole transaction, and those after it are not tried.
    private const string Always = "SET XACT_ABORT ON;\n" + InsertAttempts + MoveLanes;
    private const string Disable = DisableEndpoints + HoldLanes;

    public async Task<bool[]> RunAsync(IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        // The first record of a delivery under a token counts, as if they came one after the other.
        var moved = await MoveAsync(records.DistinctBy(LeaseOf), cancellationToken);
        var written = records.Select(record => moved.Remove(LeaseOf(record))).ToArray();
        if (records.Where((_, place) => written[place]).ToList() is { Count: > 0 } recorded)
            await FollowAsync(recorded, cancellationToken);
        return written;
    }

    private static (DeliveryId, string) LeaseOf(DeliveryRecord record) => (record.DeliveryId, Convert.ToHexString(record.LeaseToken));

    private async Task<HashSet<(DeliveryId, string)>> MoveAsync(IEnumerable<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        var ended = records.OrderBy(record => record.DeliveryId).ToList();
        var lanes = ended.Select(record => record.EndpointId).Distinct().Order().Select(id => id.ToHex());
        await using var rows = await statements.QueryAsync(
            MoveUnderLocks, cancellationToken, ("@lanes", SqlServerJson.Rows(lanes)), ("@records", SqlServerJson.Rows(ended.Select(Move))));
        await rows.NextQueryAsync(cancellationToken);

        var moved = new HashSet<(DeliveryId, string)>();
        while (await rows.ReadAsync(cancellationToken))
            moved.Add((rows.GetId<DeliveryId>(0), Convert.ToHexString(rows.GetBytes(1))));
        return moved;
    }

    private object Move(DeliveryRecord record) => new
    {
        Id = record.DeliveryId.ToHex(), LeaseToken = Convert.ToHexString(record.LeaseToken), State = (int)record.State,
        DueAt = record.DueAt.ToUnixMicroseconds(), record.Attempts, record.Failures, record.OwnFaults,
        LastOutcome = (int?)record.LastOutcome, DeadReason = (int?)record.DeadReason,
        FinishedAt = record.State is DeliveryState.Delivered or DeliveryState.Dead ? now.ToUnixMicroseconds() : (long?)null,
        HoldReason = (int?)record.HoldReason,
    };

    // What few batches have to say is said only where they have it. Crash before the commit: nothing of this happened; the leases run out,
    // and the sweep's records do the same.
    private Task FollowAsync(List<DeliveryRecord> recorded, CancellationToken cancellationToken)
    {
        var lanes = recorded.GroupBy(record => record.EndpointId).OrderBy(lane => lane.Key).ToList();
        var keys = recorded.Where(record => record.OrderingKey is not null && record.State != DeliveryState.Waiting).Select(Key).ToList();
        var told = recorded.SelectMany(record => record.Events).DistinctBy(Telling).ToList();
        var gone = lanes.Where(lane => lane.Any(record => record.Lane.Gone)).Select(lane => lane.Key.ToHex()).ToList();
        var dead = recorded.Where(record => record.IsForPerson).Select(record => record.DeliveryId.ToHex()).ToList();
        var bodies = new SqlServerBodies();
        var attempts = recorded.Select(record => record.Attempt).OfType<Attempt>().Select(attempt => Of(attempt, bodies)).ToList();

        // The events before the endpoints are disabled: only who was not before is told of.
        var sql = Always + (keys.Count > 0 ? ReleaseNext : "") + (dead.Count > 0 ? InsertDeadLetters : "")
            + (told.Count > 0 ? OperationalEventSql.InsertEvents : "")
            + (gone.Count > 0 ? Disable : "");
        return statements.ExecuteAsync(
            sql, cancellationToken,
            [
                ("@attempts", SqlServerJson.Rows(attempts)), ("@bodies", bodies.ToArray()),
                ("@lanes", SqlServerJson.Rows(lanes.Select(Effect))), ("@keys", SqlServerJson.Rows(keys)), ("@dead", SqlServerJson.Rows(dead)),
                ("@gone", SqlServerJson.Rows(gone)), ("@reason", (int)EndpointDisabledReason.Gone), ("@now", now.ToUnixMicroseconds()),
                .. OperationalEventSql.Parameters(told),
            ]);
    }

    private static object Key(DeliveryRecord record) => new { EndpointId = record.EndpointId.ToHex(), record.OrderingKey };

    // Several answers of 410 disable an endpoint once.
    private static object Telling(OperationalEvent told) => told.Type == OperationalEventType.EndpointDisabled ? told.EndpointId : told.Id;

    private static object Effect(IGrouping<EndpointId, DeliveryRecord> lane)
    {
        var pause = lane.Select(record => record.Lane.Pause).OfType<LanePause>().OrderBy(pause => pause.Until)
            .Cast<LanePause?>().LastOrDefault();
        var due = lane.Where(record => record.State == DeliveryState.Waiting).Select(record => (DateTimeOffset?)record.DueAt).Min();
        return new
        {
            EndpointId = lane.Key.ToHex(), Ended = lane.Count(), Delivered = lane.Count(record => record.Lane.Succeeded),
            lane.First().Lane.MaxInFlight, DueAt = due?.ToUnixMicroseconds(),
            PausedUntil = pause?.Until.ToUnixMicroseconds(), PauseReason = (int?)pause?.Reason,
            Unanswered = lane.Any(record => record.Lane.Unanswered), Failed = lane.Any(record => record.Lane.Failed),
        };
    }

    private static object Of(Attempt attempt, SqlServerBodies bodies) => new
    {
        Id = attempt.Id.ToHex(), DeliveryId = attempt.DeliveryId.ToHex(), MessageId = attempt.MessageId.ToHex(),
        EndpointId = attempt.EndpointId.ToHex(), attempt.Number, TriggerType = (int)attempt.TriggerType,
        StartedAt = attempt.StartedAt.ToUnixMicroseconds(), Outcome = (int)attempt.Outcome, attempt.Url, attempt.StatusCode,
        attempt.DnsMicroseconds, attempt.ConnectMicroseconds, attempt.TlsMicroseconds, attempt.FirstByteMicroseconds,
        attempt.TotalMicroseconds, attempt.ResponseHeaders, BodyStart = attempt.ResponseBody is { } body ? bodies.Add(body) : (int?)null,
        BodyLength = attempt.ResponseBody?.Length, attempt.ErrorCode, attempt.ErrorText, attempt.Node,
        ReceiptAnswer = (int?)attempt.ReceiptAnswer, attempt.ReceiptText,
    };
}
