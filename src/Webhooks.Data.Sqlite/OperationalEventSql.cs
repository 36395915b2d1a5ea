using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.Sqlite;

/// <summary>What commit 3 writes down for operational webhooks to tell.</summary>
internal sealed class OperationalEventSql(SqliteStatements statements)
{
    private static readonly byte[] OperationalApplicationId = OperationalApplication.Id.ToBytes();

    // Nothing while nobody listens, nothing about operational webhooks themselves (it would go round in circles), and nothing more about an
    // endpoint whose deletion was told.
    public const string InsertEvent = """
        INSERT INTO operational_events (id, type, endpoint_id, endpoint_uid, message_id, attempt_id, created_at)
        SELECT $1, $2, e.id, e.uid, $4, $5, $6
        FROM endpoints e
        WHERE e.id = $3 AND e.application_id <> $7 AND e.deleted_at IS NULL
          AND EXISTS (SELECT 1 FROM endpoints o WHERE o.application_id = $7 AND o.deleted_at IS NULL)
        """;

    public void Insert(OperationalEvent told) => statements.Execute(
        InsertEvent, told.Id.ToBytes(), (int)told.Type, told.EndpointId.ToBytes(), told.MessageId?.ToBytes(), told.AttemptId?.ToBytes(),
        told.CreatedAt.ToUnixMicroseconds(), OperationalApplicationId);
}
