using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Webhooks.Data.SqlServer.Tests.Binding;

/// <summary>The idempotent script of all migrations, as <c>dotnet ef migrations script --idempotent</c> writes it.</summary>
internal static class MigrationScript
{
    public static readonly string Text = Generate();

    /// <summary>Its statements one by one, in order, out of the IFs and EXECs that make it idempotent.</summary>
    public static readonly IReadOnlyList<string> Statements = [.. Flatten(Sql.Parse(Text), Text)];

    public static SqlServerWebhooksDbContext NewContext() =>
        new(new DbContextOptionsBuilder<SqlServerWebhooksDbContext>().UseSqlServer().Options);

    private static string Generate()
    {
        using var db = NewContext();
        return db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }

    private static IEnumerable<string> Flatten(IEnumerable<TSqlStatement> statements, string text) =>
        statements.SelectMany(statement => statement switch
        {
            IfStatement condition => Flatten([condition.ThenStatement], text),
            BeginEndBlockStatement block => Flatten(block.StatementList.Statements, text),
            ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList { Strings: [StringLiteral inner] } } =>
                Flatten(Sql.Parse(inner.Value), inner.Value),
            _ => [text.Substring(statement.StartOffset, statement.FragmentLength)],
        });
}
