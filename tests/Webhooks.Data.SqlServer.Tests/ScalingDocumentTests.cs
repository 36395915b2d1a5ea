using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Webhooks.Data.SqlServer.Tests.Binding;

namespace Webhooks.Data.SqlServer.Tests;

/// <summary>The T-SQL of <c>docs/scaling.md</c> is T-SQL, and names tables and indexes that there are.</summary>
public sealed class ScalingDocumentTests
{
    private const string Begin = "<!-- tsql -->\n```sql\n";

    private static readonly IReadOnlyList<TSqlStatement> Script = Sql.Parse(Read());

    [Fact]
    public void Partitions_OfTheDocument_Parse() => Script.OfType<CreatePartitionFunctionStatement>().ShouldHaveSingleItem();

    [Fact]
    public void Partitions_IndexesThatTheyDrop_AreThere()
    {
        var there = MigrationScript.Statements.Select(text => Sql.Parse(text)[0]).OfType<CreateIndexStatement>()
            .Select(index => (index.OnName.BaseIdentifier.Value, index.Name.Value));

        var dropped = Script.OfType<DropIndexStatement>().SelectMany(drop => drop.DropIndexClauses).Cast<DropIndexClause>()
            .Select(clause => (clause.Object.BaseIdentifier.Value, clause.Index.Value)).ToList();
        var rebuilt = Script.OfType<CreateIndexStatement>().Where(index => index.IndexOptions.Count > 0)
            .Select(index => (index.OnName.BaseIdentifier.Value, index.Name.Value)).ToList();

        dropped.Count.ShouldBe(3);
        rebuilt.Count.ShouldBe(2);
        dropped.Concat(rebuilt).ShouldBeSubsetOf(there);
    }

    private static string Read()
    {
        var root = typeof(ScalingDocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot").Value!;
        var text = File.ReadAllText(Path.Combine(root, "docs", "scaling.md"));
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
