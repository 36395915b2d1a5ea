using System.Reflection;

namespace Webhooks.Data.SqlServer.Tests.Binding;

/// <summary>Every hand-written statement: the string constants of the classes whose names end in Sql.</summary>
internal static class Constants
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static readonly IReadOnlyDictionary<string, string> All = typeof(SqlServerWebhooksSql).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Sql", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(Declared).Where(field => field.IsLiteral && field.FieldType == typeof(string)))
        .ToDictionary(field => $"{field.DeclaringType!.Name}.{field.Name}", field => (string)field.GetRawConstantValue()!);
}
