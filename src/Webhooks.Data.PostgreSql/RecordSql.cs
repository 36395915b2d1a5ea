using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.PostgreSql;

/// <summary>Commit 3, in two round trips: move the deliveries that are still leased, then write what that means and commit.</summary>
internal sealed class RecordSql(PostgreSqlTransaction transaction, DateTimeOffset now)
{
    // The lanes first, in the order of ids: who writes to a lane's deliveries holds the lane, so no two wait for each other.
    public const string LockLanes = "SELECT 1 FROM lanes WHERE endpoint_id = ANY($1) ORDER BY endpoint_id FOR UPDATE";

    // The token fences: whoever lost the lease finds no row and writes nothing over another's result. The ids are named twice, as a list
    // for the index too, because the join alone might be planned as a scan of all deliveries. The state is asked for in a form that keeps
    // the index of all that is being sent out of it, and that the planner takes for true of half of the rows: were it a rare one, it would
    // expect a single row and go through all of the list for each, which took 25 ms for 200 records instead of one.
    public const string MoveDeliveries = """
        UPDATE deliveries d SET
            state = ended.state, due_at = ended.due_at, attempts = ended.attempts, failures = ended.failures, own_faults = ended.own_faults,
            last_outcome = ended.last_outcome, dead_reason = ended.dead_reason, finished_at = ended.finished_at,
            hold_reason = ended.hold_reason, lease_token = NULL, leased_until = NULL, leased_by = NULL
        FROM unnest(
            $1::uuid[], $2::bytea[], $3::int[], $4::bigint[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::bigint[],
            $11::int[])
            WITH ORDINALITY AS ended(
                id, lease_token, state, due_at, attempts, failures, own_faults, last_outcome, dead_reason, finished_at, hold_reason, place)
        WHERE d.id = ANY($1) AND d.id = ended.id AND coalesce(d.state = 1, false) AND d.lease_token = ended.lease_token
        RETURNING ended.place
        """;

    private const string InsertAttempts = """
        INSERT INTO attempts
            (id, delivery_id, message_id, endpoint_id, number, trigger_type, started_at, outcome, url, status_code, dns_microseconds,
             connect_microseconds, tls_microseconds, first_byte_microseconds, total_microseconds, response_headers, response_body,
             error_code, error_text, node, receipt_answer, receipt_text)
        SELECT * FROM unnest(
            $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::int[], $7::bigint[], $8::int[], $9::text[], $10::int[],
            $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[], $17::bytea[],
            $18::text[], $19::text[], $20::text[], $21::int[], $22::text[])
        """;

    // The limit follows the endpoint: one more for each delivery, half of it where nobody answers. What still comes back while the lane is
    // paused was sent before it: it does not widen the lane again, only the probe after the pause does. The cap is the one of the claim:
    // where it was raised since, it must not narrow the lane either. GREATEST and LEAST pass over NULLs; $9 now, $10 never.
    public const string MoveLanes = """
        UPDATE lanes l SET
            in_flight = greatest(l.in_flight - ended.attempts, 0),
            in_flight_limit = CASE WHEN ended.paused_until IS NOT NULL THEN 1
                                   WHEN l.paused_until > $9 THEN l.in_flight_limit
                                   WHEN ended.unanswered THEN greatest(l.in_flight_limit / 2, 1)
                                   ELSE greatest(l.in_flight_limit, least(l.in_flight_limit + ended.delivered, ended.cap)) END,
            paused_until = greatest(l.paused_until, ended.paused_until),
            pause_reason = coalesce(ended.pause_reason, l.pause_reason),
            ready_at = CASE WHEN NOT l.held THEN nullif(greatest(
                l.paused_until, ended.paused_until,
                coalesce(least(l.ready_at, ended.due_at, CASE WHEN l.saturated THEN $9 END), $10)), $10) END,
            failing_since = CASE WHEN ended.delivered > 0 THEN NULL
                                 WHEN ended.failed THEN coalesce(l.failing_since, $9)
                                 ELSE l.failing_since END,
            saturated = false
        FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::boolean[], $6::bigint[], $7::bigint[], $8::int[], $11::boolean[])
            AS ended(endpoint_id, attempts, delivered, cap, unanswered, due_at, paused_until, pause_reason, failed)
        WHERE l.endpoint_id = ended.endpoint_id
        """;

    // $1 and $2 the keys one of whose deliveries has ended, whichever way: the next of each has its turn. Each key has one delivery that is
    // waiting or being sent, so it is named once. Under the lane's lock, which whoever publishes takes before it looks whether the key is
    // busy (OutboxReadSql): so it queued what is found here, or it finds the key free. The lanes are not saturated any more.
    public const string ReleaseNext = """
        WITH released AS (
            UPDATE deliveries SET state = 0, due_at = $3
            WHERE id = ANY(ARRAY(
                SELECT next.id FROM unnest($1::uuid[], $2::text[]) AS free(endpoint_id, ordering_key)
                CROSS JOIN LATERAL (
                    SELECT id FROM deliveries d
                    WHERE d.endpoint_id = free.endpoint_id AND d.ordering_key = free.ordering_key AND d.state = 7
                    ORDER BY d.sequence LIMIT 1) next))
            RETURNING endpoint_id
        )
        UPDATE lanes SET ready_at = greatest(paused_until, least(ready_at, $3))
        WHERE endpoint_id = ANY(ARRAY(SELECT endpoint_id FROM released)) AND NOT held
        """;

    // What a person has to decide about. Each by its key, whatever the planner thinks of the list.
    public const string InsertDeadLetters = """
        INSERT INTO dead_letters (delivery_id, application_id, endpoint_id, message_id, event_type, dead_reason, hold_reason, state, created_at)
        SELECT d.id, m.application_id, d.endpoint_id, d.message_id, m.event_type, d.dead_reason, d.hold_reason, 0, $2
        FROM unnest($1::uuid[]) AS dead(id)
        CROSS JOIN LATERAL (SELECT id, endpoint_id, message_id, dead_reason, hold_reason FROM deliveries WHERE id = dead.id LIMIT 1) d
        CROSS JOIN LATERAL (SELECT application_id, event_type FROM messages WHERE id = d.message_id LIMIT 1) m
        """;

    private const string DisableEndpoints = """
        UPDATE endpoints SET disabled = true, disabled_reason = $2, updated_at = $3 WHERE id = ANY($1) AND NOT disabled
        """;

    private const string HoldLanes = "UPDATE lanes SET held = true, ready_at = NULL WHERE endpoint_id = ANY($1)";

    private const long Never = long.MaxValue;

    public async Task<bool[]> RunAsync(IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        var written = await MoveAsync(records, cancellationToken);
        var recorded = records.Where((_, index) => written[index]).ToList();
        await using var batch = transaction.NewBatch();
        AddAttempts(batch, [.. recorded.Select(record => record.Attempt).OfType<Attempt>()]);
        AddLanes(batch, [.. recorded.GroupBy(record => record.EndpointId).Select(lane => EndedAttempts.Of(lane.Key, [.. lane]))]);
        AddKeys(batch, [.. recorded.Where(record => record.OrderingKey is not null && record.State != DeliveryState.Waiting)]);
        AddDeadLetters(batch, [.. recorded.Where(record => record.IsForPerson)]);
        batch.AddEvents([.. recorded.SelectMany(record => record.Events).DistinctBy(Telling)]);
        AddGone(batch, [.. recorded.Where(record => record.Lane.Gone)]);
        await batch.Commit().ExecuteAsync(cancellationToken);
        return written;
    }

    /// <returns>In the order of the records, whether each was still leased under its token.</returns>
    private async Task<bool[]> MoveAsync(IReadOnlyList<DeliveryRecord> records, CancellationToken cancellationToken)
    {
        // Of one lease the first record counts. PostgreSQL would pick any of several for the same row.
        var ended = Enumerable.Range(0, records.Count)
            .DistinctBy(index => (records[index].DeliveryId, new Guid(records[index].LeaseToken))).ToList();
        await using var batch = transaction.NewBatch()
            .Add(LockLanes, records.Select(record => record.EndpointId.ToUuid()).Distinct().ToArray())
            .Add(MoveDeliveries, ParametersOf(ended.ConvertAll(index => records[index])));
        await using var reader = await batch.QueryAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);

        var written = new bool[records.Count];
        foreach (var place in await reader.ReadListAsync(row => row.GetInt64(0), cancellationToken))
            written[ended[(int)place - 1]] = true;
        return written;
    }

    private object[] ParametersOf(List<DeliveryRecord> records) =>
    [
        records.Column(r => r.DeliveryId.ToUuid()), records.Column(r => r.LeaseToken), records.Column(r => (int)r.State),
        records.Column(r => r.DueAt.ToUnixMicroseconds()), records.Column(r => r.Attempts), records.Column(r => r.Failures),
        records.Column(r => r.OwnFaults), records.Column(r => (int?)r.LastOutcome), records.Column(r => (int?)r.DeadReason),
        records.Column(r => r.State is DeliveryState.Delivered or DeliveryState.Dead ? now.ToUnixMicroseconds() : (long?)null),
        records.Column(r => (int?)r.HoldReason),
    ];

    private static void AddAttempts(PostgreSqlBatch batch, List<Attempt> attempts) => batch.Add(
        InsertAttempts,
        attempts.Column(a => a.Id.ToUuid()), attempts.Column(a => a.DeliveryId.ToUuid()), attempts.Column(a => a.MessageId.ToUuid()),
        attempts.Column(a => a.EndpointId.ToUuid()), attempts.Column(a => a.Number), attempts.Column(a => (int)a.TriggerType),
        attempts.Column(a => a.StartedAt.ToUnixMicroseconds()), attempts.Column(a => (int)a.Outcome), attempts.Column(a => a.Url),
        attempts.Column(a => a.StatusCode), attempts.Column(a => a.DnsMicroseconds), attempts.Column(a => a.ConnectMicroseconds),
        attempts.Column(a => a.TlsMicroseconds), attempts.Column(a => a.FirstByteMicroseconds), attempts.Column(a => a.TotalMicroseconds),
        attempts.Column(a => Storable(a.ResponseHeaders)), attempts.Column(a => a.ResponseBody), attempts.Column(a => a.ErrorCode),
        attempts.Column(a => Storable(a.ErrorText)), attempts.Column(a => a.Node),
        attempts.Column(a => (int?)a.ReceiptAnswer), attempts.Column(a => a.ReceiptText));

    // A text of PostgreSQL holds no NUL. An answer that has one in a header must not make its own record fail.
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');

    private void AddLanes(PostgreSqlBatch batch, List<EndedAttempts> lanes) => batch.Add(
        MoveLanes,
        lanes.Column(l => l.EndpointId.ToUuid()), lanes.Column(l => l.Count), lanes.Column(l => l.Delivered), lanes.Column(l => l.Cap),
        lanes.Column(l => l.Unanswered), lanes.Column(l => l.DueAt?.ToUnixMicroseconds()),
        lanes.Column(l => l.Pause?.Until.ToUnixMicroseconds()), lanes.Column(l => (int?)l.Pause?.Reason), now.ToUnixMicroseconds(), Never,
        lanes.Column(l => l.Failed));

    // Crash before the commit: nothing of this happened; the leases run out, and the sweep's records do the same.
    private void AddKeys(PostgreSqlBatch batch, List<DeliveryRecord> ended)
    {
        if (ended.Count > 0)
            batch.Add(ReleaseNext, ended.Column(r => r.EndpointId.ToUuid()), ended.Column(r => r.OrderingKey!), now.ToUnixMicroseconds());
    }

    private void AddDeadLetters(PostgreSqlBatch batch, List<DeliveryRecord> dead)
    {
        if (dead.Count > 0)
            batch.Add(InsertDeadLetters, dead.Column(r => r.DeliveryId.ToUuid()), now.ToUnixMicroseconds());
    }

    private void AddGone(PostgreSqlBatch batch, List<DeliveryRecord> gone)
    {
        if (gone.Count == 0)
            return;

        var endpoints = gone.Select(record => record.EndpointId.ToUuid()).Distinct().ToArray();
        batch.Add(DisableEndpoints, endpoints, (int)EndpointDisabledReason.Gone, now.ToUnixMicroseconds()).Add(HoldLanes, endpoints);
    }

    // Several answers of 410 disable an endpoint once.
    private static object Telling(OperationalEvent told) => told.Type == OperationalEventType.EndpointDisabled ? told.EndpointId : told.Id;

    /// <summary>What a lane learns from all its attempts of one batch.</summary>
    /// <param name="DueAt">When the first of those that wait again is due; null where none does.</param>
    private sealed record EndedAttempts(
        EndpointId EndpointId, int Count, int Delivered, int Cap, bool Unanswered, bool Failed, DateTimeOffset? DueAt, LanePause? Pause)
    {
        public static EndedAttempts Of(EndpointId endpointId, List<DeliveryRecord> records) => new(
            endpointId,
            records.Count,
            records.Count(record => record.Lane.Succeeded),
            records[0].Lane.MaxInFlight,
            records.Exists(record => record.Lane.Unanswered),
            records.Exists(record => record.Lane.Failed),
            records.Where(record => record.State == DeliveryState.Waiting).Min(record => (DateTimeOffset?)record.DueAt),
            records.Select(record => record.Lane.Pause).OrderBy(pause => pause?.Until).LastOrDefault());
    }
}
