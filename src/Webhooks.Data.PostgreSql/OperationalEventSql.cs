using Webhooks.Core.Data;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.PostgreSql;

/// <summary>What commit 3 writes down for operational webhooks to tell.</summary>
internal static class OperationalEventSql
{
    // $7 the application of operational webhooks, $8 "an endpoint was disabled". Nothing while nobody listens, nothing about operational
    // webhooks themselves (it would go round in circles), nothing more about an endpoint whose deletion was told, and not twice that one
    // was disabled.
    public const string InsertEvents = """
        INSERT INTO operational_events (id, type, endpoint_id, endpoint_uid, message_id, attempt_id, created_at)
        SELECT told.id, told.type, e.id, e.uid, told.message_id, told.attempt_id, told.created_at
        FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[])
            AS told(id, type, endpoint_id, message_id, attempt_id, created_at)
        CROSS JOIN LATERAL (SELECT * FROM endpoints WHERE id = told.endpoint_id LIMIT 1) e
        WHERE e.application_id <> $7 AND e.deleted_at IS NULL AND (told.type <> $8 OR NOT e.disabled)
          AND EXISTS (SELECT 1 FROM endpoints o WHERE o.application_id = $7 AND o.deleted_at IS NULL)
        """;

    /// <summary>Before the statement that disables the endpoints.</summary>
    public static void AddEvents(this PostgreSqlBatch batch, List<OperationalEvent> told)
    {
        if (told.Count == 0)
            return;

        batch.Add(
            InsertEvents,
            told.Column(t => t.Id.ToUuid()), told.Column(t => (int)t.Type), told.Column(t => t.EndpointId.ToUuid()),
            told.Column(t => t.MessageId?.ToUuid()), told.Column(t => t.AttemptId?.ToUuid()),
            told.Column(t => t.CreatedAt.ToUnixMicroseconds()),
            OperationalApplication.Id.ToUuid(), (int)OperationalEventType.EndpointDisabled);
    }
}
