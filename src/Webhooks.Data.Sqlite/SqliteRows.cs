using System.Text.Json;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.Sqlite;

/// <summary>The rows of a query, one at a time, with columns in the forms that the model stores. Dispose it before the statement's next use.</summary>
internal readonly struct SqliteRows(SqliteStatement statement) : IDisposable
{
    public bool Read() => statement.Step();

    public long GetInt64(int column) => statement.GetInt64(column);

    public int GetInt32(int column) => (int)statement.GetInt64(column);

    public int? GetInt32OrNull(int column) => statement.IsNull(column) ? null : GetInt32(column);

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public string GetString(int column) => statement.GetString(column);

    public string? GetStringOrNull(int column) => statement.IsNull(column) ? null : GetString(column);

    public byte[] GetBytes(int column) => statement.GetBytes(column).ToArray();

    public byte[]? GetBytesOrNull(int column) => statement.IsNull(column) ? null : GetBytes(column);

    public TId GetId<TId>(int column) where TId : struct, IEntityId<TId> => IdBytes.Read<TId>(statement.GetBytes(column));

    public DateTimeOffset GetTime(int column) => UnixMicroseconds.ToTime(GetInt64(column));

    public DateTimeOffset? GetTimeOrNull(int column) => statement.IsNull(column) ? null : GetTime(column);

    public TimeSpan? GetDurationOrNull(int column) =>
        statement.IsNull(column) ? null : TimeSpan.FromTicks(GetInt64(column) * TimeSpan.TicksPerMicrosecond);

    public List<T>? GetJsonListOrNull<T>(int column) =>
        statement.IsNull(column) ? null : JsonSerializer.Deserialize<List<T>>(statement.GetBytes(column));

    public void Dispose() => statement.Reset();
}
