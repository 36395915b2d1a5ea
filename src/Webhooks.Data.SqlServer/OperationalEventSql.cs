using Webhooks.Core.Data;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.SqlServer;

/// <summary>What commit 3 writes down for operational webhooks to tell.</summary>
internal static class OperationalEventSql
{
    // Nothing while nobody listens, nothing about operational webhooks themselves (it would go round in circles), nothing more about an
    // endpoint whose deletion was told, and not twice that one was disabled.
    public const string InsertEvents = """
        INSERT INTO operational_events (id, type, endpoint_id, endpoint_uid, message_id, attempt_id, created_at)
        SELECT CONVERT(binary(16), k.id, 2), k.type, e.id, e.uid, CONVERT(binary(16), k.message_id, 2),
               CONVERT(binary(16), k.attempt_id, 2), k.created_at
        FROM OPENJSON(@told) WITH (
            id char(32), type int, endpoint_id char(32), message_id char(32), attempt_id char(32), created_at bigint) AS k
        INNER LOOP JOIN endpoints AS e ON e.id = CONVERT(binary(16), k.endpoint_id, 2)
        WHERE e.application_id <> CONVERT(binary(16), @operational, 2) AND e.deleted_at IS NULL
            AND (k.type <> @endpoint_disabled OR e.disabled = 0)
            AND EXISTS (
                SELECT 1 FROM endpoints AS o
                WHERE o.application_id = CONVERT(binary(16), @operational, 2) AND o.deleted_at IS NULL);

        """;

    public static IReadOnlyList<(string Name, object Value)> Parameters(IEnumerable<OperationalEvent> told) =>
    [
        ("@told", SqlServerJson.Rows(told.Select(Of))), ("@operational", OperationalApplication.Id.ToHex()),
        ("@endpoint_disabled", (int)OperationalEventType.EndpointDisabled),
    ];

    private static object Of(OperationalEvent told) => new
    {
        Id = told.Id.ToHex(), Type = (int)told.Type, EndpointId = told.EndpointId.ToHex(), MessageId = told.MessageId?.ToHex(),
        AttemptId = told.AttemptId?.ToHex(), CreatedAt = told.CreatedAt.ToUnixMicroseconds(),
    };
}
