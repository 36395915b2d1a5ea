using System.Text;
using Webhooks.Benchmarks.Load;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Data.Sqlite;

namespace Webhooks.Benchmarks.Seeding;

/// <summary>Inserts waiting deliveries in bulk, each with its message and payload, as the outbox would have.</summary>
internal static class Backlog
{
    private const int RowsPerTransaction = 10_000;

    private const string InsertMessage = """
        INSERT INTO messages (id, application_id, event_type, created_at) VALUES ($1, $2, 'invoice.paid', $3)
        """;

    private const string InsertPayload = "INSERT INTO message_payloads (message_id, body, expires_at) VALUES ($1, $2, $3)";

    private const string InsertDelivery = """
        INSERT INTO deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, state, due_at, attempts, failures, own_faults, created_at)
        VALUES ($1, $2, $3, 0, 0, $4, 0, $5, 0, 0, 0, $5)
        """;

    private const string ReadyLane = "UPDATE lanes SET ready_at = $2, paused_until = $3, last_sequence = last_sequence + $4 WHERE endpoint_id = $1";

    /// <summary>Spreads <paramref name="count"/> deliveries evenly over the lanes and makes the lanes ready.</summary>
    /// <param name="pausedFor">The lanes are paused for so long; null for lanes that are ready now.</param>
    public static async Task AddAsync(
        SqliteDatabase database, IReadOnlyList<(ApplicationId Application, EndpointId Endpoint)> lanes, int count, TimeSpan? pausedFor = null)
    {
        var ids = new IdGenerator(TimeProvider.System);
        var now = TimeProvider.System.GetUtcMicroseconds();
        for (var done = 0; done < count; done += RowsPerTransaction)
        {
            using var scope = await SqliteTransactionScope.BeginAsync(database, CancellationToken.None);
            for (var n = done; n < Math.Min(done + RowsPerTransaction, count); n++)
                Insert(scope.Statements, ids, lanes[n % lanes.Count], n, sequence: n / lanes.Count + 1, now);
            scope.Commit();
        }

        using var last = await SqliteTransactionScope.BeginAsync(database, CancellationToken.None);
        var pausedUntil = (now + pausedFor)?.ToUnixMicroseconds();
        foreach (var lane in lanes)
            last.Statements.Execute(ReadyLane, lane.Endpoint.ToBytes(), pausedUntil ?? now.ToUnixMicroseconds(), pausedUntil, count / lanes.Count + 1);
        last.Commit();
    }

    private static void Insert(
        SqliteStatements statements, IdGenerator ids, (ApplicationId Application, EndpointId Endpoint) lane, int n, long sequence, DateTimeOffset now)
    {
        var message = ids.New<MessageId>().ToBytes();
        var time = now.ToUnixMicroseconds();
        statements.Execute(InsertMessage, message, lane.Application.ToBytes(), time);
        statements.Execute(
            InsertPayload, message, Encoding.UTF8.GetBytes(Publisher.Payload(n, sentAt: 0)), (now + TimeSpan.FromDays(90)).ToUnixMicroseconds());
        statements.Execute(InsertDelivery, ids.New<DeliveryId>().ToBytes(), message, lane.Endpoint.ToBytes(), sequence, time);
    }
}
