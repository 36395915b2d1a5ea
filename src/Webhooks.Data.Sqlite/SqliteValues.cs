using System.Text.Json;
using Microsoft.Data.Sqlite;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.Sqlite;

/// <summary>Columns read by hand, in the forms that the model stores.</summary>
internal static class SqliteValues
{
    public static TId GetId<TId>(this SqliteDataReader reader, int column) where TId : struct, IEntityId<TId>
    {
        return IdBytes.Read<TId>(reader.GetFieldValue<byte[]>(column));
    }

    public static byte[]? GetBytesOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    public static string? GetStringOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static int? GetInt32OrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static DateTimeOffset GetTime(this SqliteDataReader reader, int column) => UnixMicroseconds.ToTime(reader.GetInt64(column));

    public static DateTimeOffset? GetTimeOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetTime(column);

    public static List<T>? GetJsonListOrNull<T>(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : JsonSerializer.Deserialize<List<T>>(reader.GetString(column));
}
