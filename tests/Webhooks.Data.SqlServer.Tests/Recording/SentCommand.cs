using System.Data;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Webhooks.Data.SqlServer.Tests.Binding;

namespace Webhooks.Data.SqlServer.Tests.Recording;

/// <summary>A command as it would go to the server.</summary>
internal sealed record SentCommand(string Text, IReadOnlyDictionary<string, object?> Values, Statement Statement)
{
    public static SentCommand Of(SqlCommand command) => new(
        command.CommandText,
        command.Parameters.Cast<SqlParameter>().ToDictionary(parameter => parameter.ParameterName, parameter => (object?)parameter.Value),
        new Statement(command.CommandText, [.. command.Parameters.Cast<SqlParameter>().Select(Declaration)]));

    /// <summary>The rows of a parameter that OPENJSON opens.</summary>
    public JsonElement[] Rows(string parameter) => [.. JsonDocument.Parse((string)Values[parameter]!).RootElement.EnumerateArray()];

    private static (string Name, string Type) Declaration(SqlParameter parameter) => (parameter.ParameterName, parameter.SqlDbType switch
    {
        SqlDbType.NVarChar or SqlDbType.VarBinary when parameter.Size is > 0 and <= 4_000 => $"{parameter.SqlDbType}({parameter.Size})",
        SqlDbType.NVarChar or SqlDbType.VarBinary => $"{parameter.SqlDbType}(max)",
        SqlDbType.BigInt or SqlDbType.Int or SqlDbType.Bit => $"{parameter.SqlDbType}",
        _ => throw new NotSupportedException($"{parameter.ParameterName} is sent as {parameter.SqlDbType}, which no column is."),
    });
}
