namespace Webhooks.Data.PostgreSql;

internal static class HistorySql
{
    /// <summary>Whether EF Core's list of the migrations that were applied is there.</summary>
    public const string Exists = """
        SELECT to_regclass('"__EFMigrationsHistory"') IS NOT NULL
        """;
}
