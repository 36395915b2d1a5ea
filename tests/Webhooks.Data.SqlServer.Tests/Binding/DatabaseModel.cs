using Microsoft.SqlServer.Dac.Model;

namespace Webhooks.Data.SqlServer.Tests.Binding;

/// <summary>Statements bound against the schema that the migrations make: tables, columns and what OPENJSON names must be there.</summary>
internal static class DatabaseModel
{
    /// <summary>The server's own catalog is not in the model: neither its views nor their columns.</summary>
    private static readonly string[] Catalog = ["object [sys].", "objects: [sys]."];

    /// <summary>What is the server's own and called.</summary>
    private const string Stubs = """
        CREATE PROCEDURE dbo.sp_getapplock
            @Resource nvarchar(255), @LockMode varchar(32), @LockOwner varchar(32), @LockTimeout int = 0 AS RETURN 0;
        """;

    /// <summary>Every unresolved name, and every statement that does not parse, with its text; empty when all is well.</summary>
    public static IReadOnlyList<string> FindFaults(params IReadOnlyCollection<Statement> statements) =>
        FindFaults(Schema.Current, statements);

    /// <summary>The same of migrations, which may name columns that they, or later ones, take away.</summary>
    public static IReadOnlyList<string> FindFaultsOfMigrations(IReadOnlyCollection<Statement> statements) =>
        FindFaults(Schema.Ever, statements);

    private static List<string> FindFaults(IReadOnlyList<string> schema, IReadOnlyCollection<Statement> statements)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        model.AddObjects(Stubs);
        foreach (var definition in schema)
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

        var unresolved = model.Validate().Where(message => !Catalog.Any(message.Message.Contains));
        return [.. faults, .. unresolved.Select(message => Tell(message, statements))];
    }

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
