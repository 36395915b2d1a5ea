using System.Text.Json;
using Npgsql;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.PostgreSql;

/// <summary>Reads rows with columns in the forms that the model stores, and turns rows into columns to be written.</summary>
internal static class PostgreSqlRows
{
    /// <summary>The rows of this result; then goes on to the next one.</summary>
    public static async Task<List<T>> ReadListAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        await reader.NextResultAsync(cancellationToken);
        return rows;
    }

    /// <summary>One value of each row: what <c>unnest</c> takes, so that a statement of one text writes any number of rows.</summary>
    public static TValue[] Column<TRow, TValue>(this IReadOnlyCollection<TRow> rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        var i = 0;
        foreach (var row in rows)
            column[i++] = value(row);
        return column;
    }

    public static TId GetId<TId>(this NpgsqlDataReader row, int column) where TId : struct, IEntityId<TId> =>
        IdUuid.Read<TId>(row.GetGuid(column));

    public static DateTimeOffset GetTime(this NpgsqlDataReader row, int column) => UnixMicroseconds.ToTime(row.GetInt64(column));

    public static DateTimeOffset? GetTimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetTime(column);

    public static TimeSpan? GetDurationOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : TimeSpan.FromTicks(row.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

    public static int? GetInt32OrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static string? GetStringOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] GetBytes(this NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static byte[]? GetBytesOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBytes(column);

    public static List<T>? GetJsonListOrNull<T>(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<List<T>>(row.GetString(column));
}
