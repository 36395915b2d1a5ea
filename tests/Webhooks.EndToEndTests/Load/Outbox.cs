using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.EndToEndTests.Load;

/// <summary>What the database says, read beside the servers or after them.</summary>
internal sealed class Outbox(DbProviderFactory engine, string connectionString)
{
    public static Outbox OfFile(string path) => new(
        SqliteFactory.Instance,
        new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());

    public static Outbox OfPostgreSql(string connectionString) => new(
        NpgsqlFactory.Instance, new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());

    public IReadOnlyList<string> MessageIds() => Read("SELECT id FROM messages", row => Id<MessageId>(row, 0));

    public IReadOnlyList<DeliveryRow> Deliveries() => Read(
        "SELECT message_id, endpoint_id, state, sequence, attempts FROM deliveries",
        row => new DeliveryRow(
            Id<MessageId>(row, 0), Id<EndpointId>(row, 1), (DeliveryState)row.GetInt32(2), row.GetInt64(3), row.GetInt32(4)));

    public IReadOnlyList<AttemptRow> Attempts() => Read(
        "SELECT message_id, endpoint_id, number, outcome, error_code, node FROM attempts ORDER BY number",
        row => new AttemptRow(
            Id<MessageId>(row, 0), Id<EndpointId>(row, 1), row.GetInt32(2), (AttemptOutcome)row.GetInt32(3),
            row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5)));

    /// <summary>Attempts that the lanes believe to be under way.</summary>
    public long InFlight() => Read("SELECT coalesce(sum(in_flight), 0) FROM lanes", row => row.GetInt64(0))[0];

    /// <summary>Deliveries that wait or are being sent, to other endpoints than those.</summary>
    public long Unfinished(IReadOnlyCollection<string> exceptEndpoints) => Read(
        "SELECT endpoint_id, count(*) FROM deliveries WHERE state IN (0, 1) GROUP BY endpoint_id",
        row => (EndpointId: Id<EndpointId>(row, 0), Count: row.GetInt64(1)))
        .Where(row => !exceptEndpoints.Contains(row.EndpointId)).Sum(row => row.Count);

    /// <summary>The names of nodes that hold leases, one for each lease.</summary>
    public IReadOnlyList<string> Leaseholders() => Read("SELECT leased_by FROM deliveries WHERE state = 1", row => row.GetString(0));

    /// <summary>Whether a background task is still to be done.</summary>
    public bool IsTaskRunning() => Read("SELECT count(*) FROM background_tasks WHERE state = 0", row => row.GetInt64(0))[0] > 0;

    /// <summary>What is still to be done before everybody who is to know knows.</summary>
    public UntoldRow Untold(DateTimeOffset now) => Read(
        $"""
        SELECT (SELECT count(*) FROM dead_letters WHERE incident_id IS NULL),
            (SELECT count(*) FROM incidents WHERE escalates_at <= {now.ToUnixMicroseconds()}),
            (SELECT count(*) FROM notifications WHERE state = 0)
        """,
        row => new UntoldRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)))[0];

    /// <summary>
    /// As if that much time had passed while no server was up: what a dead one had begun to tell is free again, and steps of policies are
    /// due.
    /// </summary>
    public void LetPass(TimeSpan time) => Read(
        $"""
        UPDATE notifications SET leased_until = leased_until - {time.Ticks / TimeSpan.TicksPerMicrosecond} WHERE leased_until IS NOT NULL;
        UPDATE incidents SET escalates_at = escalates_at - {time.Ticks / TimeSpan.TicksPerMicrosecond} WHERE escalates_at IS NOT NULL;
        """,
        _ => 0);

    private List<T> Read<T>(string sql, Func<DbDataReader, T> map)
    {
        using var connection = engine.CreateConnection()!;
        connection.ConnectionString = connectionString;
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    private static string Id<TId>(DbDataReader row, int column) where TId : struct, IEntityId<TId> =>
        IdBytes.Read<TId>(row.GetValue(column) is Guid uuid ? uuid.ToByteArray(bigEndian: true) : (byte[])row.GetValue(column)).ToString()!;

    internal sealed record DeliveryRow(string MessageId, string EndpointId, DeliveryState State, long Sequence, int Attempts);

    /// <summary>Dead letters without an incident, incidents whose next step is due, notifications that wait.</summary>
    internal sealed record UntoldRow(long Letters, long Steps, long Notifications);

    internal sealed record AttemptRow(
        string MessageId, string EndpointId, int Number, AttemptOutcome Outcome, string? ErrorCode, string Node);
}
