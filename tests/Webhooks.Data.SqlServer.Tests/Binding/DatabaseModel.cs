using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Webhooks.Data.SqlServer.Tests.Binding;

/// <summary>Statements bound against the schema that the migrations make: tables, columns and what OPENJSON names must be there.</summary>
internal static class DatabaseModel
{
    /// <summary>The server's own catalog is not in the model.</summary>
    private const string Catalog = "object [sys].";

    /// <summary>What is the server's own and called.</summary>
    private const string Stubs = """
        CREATE PROCEDURE dbo.sp_getapplock
            @Resource nvarchar(255), @LockMode varchar(32), @LockOwner varchar(32), @LockTimeout int = 0 AS RETURN 0;
        """;

    /// <summary>Every unresolved name, and every statement that does not parse, with its text; empty when all is well.</summary>
    public static IReadOnlyList<string> FindFaults(params IReadOnlyCollection<Statement> statements)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        model.AddObjects(Stubs);
        foreach (var definition in MigrationScript.Statements.Where(IsDefinition))
            model.AddObjects(definition);

        var faults = new List<string>();
        foreach (var (number, statement) in statements.Index())
        {
            try
            {
                model.AddObjects(AsProcedure(statement, number));
            }
            catch (DacModelException refusal)
            {
                faults.Add($"{refusal.Message}\n{statement.Text}");
            }
        }

        var unresolved = model.Validate().Where(message => !message.Message.Contains(Catalog, StringComparison.Ordinal));
        return [.. faults, .. unresolved.Select(message => Tell(message, statements))];
    }

    private static bool IsDefinition(string statement) => Sql.Parse(statement)[0] is CreateTableStatement or CreateIndexStatement;

    // The message names the procedure that the statement was made into.
    private static string Tell(DacModelMessage message, IReadOnlyCollection<Statement> statements) =>
        $"{message}\n{statements.Where((_, number) => message.Message.Contains($"[q{number}]")).SingleOrDefault()?.Text}";

    private static string AsProcedure(Statement statement, int number)
    {
        var parameters = statement.Parameters.Select(parameter => $"{parameter.Name} {parameter.Type}");
        return $"CREATE PROCEDURE dbo.q{number} {string.Join(", ", parameters)} AS BEGIN\n{statement.Text}\nEND";
    }
}

/// <summary>What is sent to the server in one round trip.</summary>
internal sealed record Statement(string Text, IReadOnlyList<(string Name, string Type)> Parameters)
{
    /// <summary>With every parameter that the text uses as text: for binding names, one type is as good as another.</summary>
    public static Statement Of(string text) => new(text, [.. Sql.Parameters(text).Select(name => (name, "nvarchar(max)"))]);
}
