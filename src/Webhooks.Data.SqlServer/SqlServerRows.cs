using System.Data.Common;
using System.Text.Json;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.SqlServer;

/// <summary>The rows of a query, one at a time, with columns in the forms that the model stores.</summary>
internal sealed class SqlServerRows(DbCommand command, DbDataReader reader) : IAsyncDisposable
{
    public Task<bool> ReadAsync(CancellationToken cancellationToken) => reader.ReadAsync(cancellationToken);

    /// <summary>Goes on to the rows of the next query of the same round trip.</summary>
    public Task NextQueryAsync(CancellationToken cancellationToken) => reader.NextResultAsync(cancellationToken);

    public long GetInt64(int column) => reader.GetInt64(column);

    public int GetInt32(int column) => reader.GetInt32(column);

    public int? GetInt32OrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public bool GetBoolean(int column) => reader.GetBoolean(column);

    public string GetString(int column) => reader.GetString(column);

    public string? GetStringOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);

    public byte[]? GetBytesOrNull(int column) => reader.IsDBNull(column) ? null : GetBytes(column);

    public TId GetId<TId>(int column) where TId : struct, IEntityId<TId> => IdBytes.Read<TId>(GetBytes(column));

    public DateTimeOffset GetTime(int column) => UnixMicroseconds.ToTime(reader.GetInt64(column));

    public DateTimeOffset? GetTimeOrNull(int column) => reader.IsDBNull(column) ? null : GetTime(column);

    public TimeSpan? GetDurationOrNull(int column) =>
        reader.IsDBNull(column) ? null : TimeSpan.FromTicks(reader.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

    public List<T>? GetJsonListOrNull<T>(int column) =>
        reader.IsDBNull(column) ? null : JsonSerializer.Deserialize<List<T>>(reader.GetString(column));

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }
}
