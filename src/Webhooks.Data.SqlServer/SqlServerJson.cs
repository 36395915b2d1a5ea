using System.Text.Json;
using System.Text.Json.Serialization;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.SqlServer;

/// <summary>
/// Rows as one parameter, which the statement opens with OPENJSON: any number of rows in one round trip and with one plan. Table-valued
/// parameters would do the same, but their types live in the database, where a node of the last version would still expect the old ones.
/// </summary>
internal static class SqlServerJson
{
    private static readonly JsonSerializerOptions Columns = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, // a member that is not there is NULL
    };

    /// <summary>An array of objects, whose members are named as the columns are, or of plain values.</summary>
    public static string Rows<T>(IEnumerable<T> rows) => JsonSerializer.Serialize(rows, Columns);

    /// <summary>An id as 32 hexadecimal digits; <c>CONVERT(binary(16), …, 2)</c> reads them.</summary>
    public static string ToHex<TId>(this TId id) where TId : struct, IEntityId<TId> => Convert.ToHexString(id.ToBytes());
}
