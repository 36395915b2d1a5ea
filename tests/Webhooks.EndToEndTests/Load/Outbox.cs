using Microsoft.Data.Sqlite;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.EndToEndTests.Load;

/// <summary>What the database file says, read beside the server or after it.</summary>
internal sealed class Outbox(string databaseFile)
{
    private readonly string _connection =
        new SqliteConnectionStringBuilder { DataSource = databaseFile, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();

    public IReadOnlyList<string> MessageIds() => Read("SELECT id FROM messages", row => Id<MessageId>(row, 0));

    public IReadOnlyList<DeliveryRow> Deliveries() => Read(
        "SELECT message_id, endpoint_id, state, sequence, attempts FROM deliveries",
        row => new DeliveryRow(
            Id<MessageId>(row, 0), Id<EndpointId>(row, 1), (DeliveryState)row.GetInt32(2), row.GetInt64(3), row.GetInt32(4)));

    public IReadOnlyList<AttemptRow> Attempts() => Read(
        "SELECT message_id, endpoint_id, number, outcome, error_code FROM attempts ORDER BY number",
        row => new AttemptRow(
            Id<MessageId>(row, 0), Id<EndpointId>(row, 1), row.GetInt32(2), (AttemptOutcome)row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4)));

    /// <summary>Attempts that the lanes believe to be under way.</summary>
    public long InFlight() => Read("SELECT coalesce(sum(in_flight), 0) FROM lanes", row => row.GetInt64(0))[0];

    /// <summary>Deliveries that wait or are being sent, to other endpoints than those.</summary>
    public long Unfinished(IReadOnlyCollection<string> exceptEndpoints) =>
        Deliveries().Count(row => row.State is DeliveryState.Waiting or DeliveryState.Sending && !exceptEndpoints.Contains(row.EndpointId));

    /// <summary>Whether a background task is still to be done.</summary>
    public bool IsTaskRunning() => Read("SELECT count(*) FROM background_tasks WHERE state = 0", row => row.GetInt64(0))[0] > 0;

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> map)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    private static string Id<TId>(SqliteDataReader row, int column) where TId : struct, IEntityId<TId> =>
        IdBytes.Read<TId>(row.GetFieldValue<byte[]>(column)).ToString()!;

    internal sealed record DeliveryRow(string MessageId, string EndpointId, DeliveryState State, long Sequence, int Attempts);

    internal sealed record AttemptRow(string MessageId, string EndpointId, int Number, AttemptOutcome Outcome, string? ErrorCode);
}
