using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Webhooks.Benchmarks.Processes;

namespace Webhooks.Benchmarks.Seeding;

/// <summary>
/// The demonstration's week, as a service that is hundreds of times as busy would have it: each message with its payload, deliveries,
/// attempts and dead letters is there as often as the attempts wanted take, each time some seconds earlier. Applications, endpoints,
/// incidents, the books and what is on its way stay as they are.
/// </summary>
internal sealed class BusyWeek : IDisposable
{
    private const int SecondsApart = 20;
    private const int Milliseconds = 6; // the first bytes of an id: RFC 9562, section 5.7

    private static readonly string[] Tables = ["messages", "message_payloads", "deliveries", "attempts", "dead_letters"];
    private static readonly string[] Ids = ["message_id", "delivery_id", "replay_delivery_id"];
    private static readonly string[] Times = ["created_at", "started_at", "finished_at", "decided_at", "due_at", "expires_at"];

    private readonly SqliteConnection _connection;

    private BusyWeek(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        _connection.Open();
        _connection.CreateFunction("earlier", (byte[]? id, long seconds) => id is null ? null : Earlier(id, seconds), isDeterministic: true);
    }

    /// <returns>How many attempts there are.</returns>
    public static async Task<long> MakeAsync(DataFolder folder, int attempts)
    {
        await ServerProcess.DemonstrateAsync(folder.Path);
        using var week = new BusyWeek(Path.Combine(folder.Path, "webhooks.db"));
        return week.Fill(attempts);
    }

    private long Fill(int attempts)
    {
        Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000000; PRAGMA temp_store = MEMORY");
        foreach (var table in Tables)
            Execute($"CREATE TEMP TABLE once_{table} AS SELECT * FROM {table} {(table == "deliveries" ? "WHERE finished_at IS NOT NULL" : "")}");
        var once = Count("once_attempts");
        for (var copy = 1; copy * once < attempts; copy++)
        {
            Execute("BEGIN");
            foreach (var table in Tables)
                Execute($"INSERT INTO {table} SELECT {string.Join(", ", Columns(table).Select(c => Copied(c, copy)))} FROM once_{table}");
            Execute("COMMIT");
        }

        Execute("PRAGMA journal_mode = WAL");
        return Count("attempts");
    }

    private static string Copied(string column, int copy) => column switch
    {
        "id" => $"earlier(id, {copy * SecondsApart})",
        "event_id" => $"event_id || '-{copy}'",
        _ when Ids.Contains(column) => $"earlier({column}, {copy * SecondsApart})",
        _ when Times.Contains(column) => $"CASE WHEN {column} > 0 THEN {column} - {copy * SecondsApart}000000 ELSE {column} END",
        _ => column,
    };

    private static byte[] Earlier(byte[] id, long seconds)
    {
        var moved = (byte[])id.Clone();
        var time = (long)(BinaryPrimitives.ReadUInt64BigEndian(moved) >> 16) - 1_000 * seconds;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time);
        bytes[(sizeof(long) - Milliseconds)..].CopyTo(moved);
        return moved;
    }

    private List<string> Columns(string table)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private long Count(string table)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();
}
