using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Webhooks.Data.SqlServer.Tests.Binding;

namespace Webhooks.Data.SqlServer.Tests;

/// <summary>The T-SQL of <c>docs/scaling.md</c> is T-SQL, and leaves no index of what it cuts by day behind.</summary>
public sealed class ScalingDocumentTests
{
    private const string Begin = "<!-- tsql -->\n```sql\n";

    private static readonly IReadOnlyList<TSqlStatement> Script = Sql.Parse(Read());

    /// <summary>Those that the script makes.</summary>
    private static readonly List<Index> Made = [.. Script.OfType<CreateIndexStatement>().Select(Index.Of)];

    /// <summary>Those that the migrations make.</summary>
    private static readonly List<Index> There =
        [.. MigrationScript.Statements.Select(text => Sql.Parse(text)[0]).OfType<CreateIndexStatement>().Select(Index.Of)];

    private static readonly List<string> Dropped =
    [
        .. Script.OfType<DropIndexStatement>().SelectMany(drop => drop.DropIndexClauses).Cast<DropIndexClause>()
            .Select(clause => clause.Index.Value),
    ];

    /// <summary>What another table or key takes the place of.</summary>
    private static readonly string[] Replaced =
        ["IX_messages_application_id_event_id", "IX_attempts_message_id_id", "ix_deliveries_filtered"];

    [Fact]
    public void Partitions_OfTheDocument_Parse() => Script.OfType<CreatePartitionFunctionStatement>().ShouldHaveSingleItem();

    [Fact]
    public void Partitions_IndexesThatTheyDropOrRebuild_AreThere() => Dropped
        .Concat(Made.Where(index => index.IsRebuilt).Select(index => index.Name)).ShouldBeSubsetOf(There.Select(index => index.Name));

    [Theory]
    [InlineData("messages"), InlineData("message_payloads"), InlineData("attempts")]
    public void Partitions_OfATable_HaveEveryIndexOfIt(string table)
    {
        var there = There.Where(index => index.Table == table && !Replaced.Contains(index.Name)).ToList();

        var made = Made.Where(index => index.Table == table).ToList();

        there.ShouldNotBeEmpty();
        made.Select(index => index.Definition).ShouldBe(there.Select(index => index.Definition), ignoreOrder: true);
        made.Where(index => !index.IsRebuilt).Select(index => index.Name).ShouldBeSubsetOf(Dropped);
    }

    [Fact]
    public void Partitions_OfTheHistory_HaveEveryIndexThatWhatIsFinishedNeeds()
    {
        var needed = There.Where(index => index is { Table: "deliveries", Filter: "" or "state = 6" });

        var made = Made.Where(index => index.Table == "delivery_history");

        made.Select(index => index.Columns).ShouldBe(needed.Select(index => index.Columns), ignoreOrder: true);
    }

    [Fact]
    public void Partitions_EveryIndex_LiesOnTheScheme() => Made.ShouldAllBe(index => index.Scheme == "message_days");

    [Fact]
    public void Partitions_EveryIndexThatGoes_ComesBackOrIsReplaced() =>
        Dropped.Except(Made.Select(index => index.Name)).ShouldBe(Replaced, ignoreOrder: true);

    private static string Read()
    {
        var root = typeof(ScalingDocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot").Value!;
        var text = File.ReadAllText(Path.Combine(root, "docs", "scaling.md"));
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private sealed record Index(string Table, string Name, bool IsUnique, string Columns, string Filter, bool IsRebuilt, string? Scheme)
    {
        public string Definition => $"{Name} {IsUnique} ({Columns}) {Filter}";

        public static Index Of(CreateIndexStatement index) => new(
            index.OnName.BaseIdentifier.Value, index.Name.Value, index.Unique,
            string.Join(", ", index.Columns.Concat<TSqlFragment>(index.IncludeColumns).Select(Write)),
            index.FilterPredicate is { } filter ? Write(filter) : "",
            index.IndexOptions.Any(option => option.OptionKind == IndexOptionKind.DropExisting),
            index.OnFileGroupOrPartitionScheme?.Name.Value);

        private static string Write(TSqlFragment part)
        {
            new Sql150ScriptGenerator().GenerateScript(part, out var text);
            return text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        }
    }
}
