using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Webhooks.Data.SqlServer.Tests.Binding;

namespace Webhooks.Data.SqlServer.Tests;

/// <summary>What a start does to a database, as far as it shows without one.</summary>
public sealed class MigrationTests
{
    private static readonly string[] HotTables =
        [
            "applications", "attempts", "dead_letters", "deliveries", "idempotency_records", "lanes", "message_payloads", "messages",
            "operational_events",
        ];

    [Fact]
    public void Migrations_MakeTheModel() =>
        MigrationScript.NewContext().Database.HasPendingModelChanges().ShouldBeFalse();

    [Fact]
    public void Script_AllOfIt_ParsesAndBinds()
    {
        Sql.Parse(MigrationScript.Text).ShouldNotBeEmpty();

        var others = MigrationScript.Statements.Where(text => Sql.Parse(text)[0] is not (CreateTableStatement or CreateIndexStatement));
        DatabaseModel.FindFaultsOfMigrations([.. others.Select(Statement.Of)]).ShouldBeEmpty();
    }

    [Fact]
    public void Script_HotTables_AreNeverLockedWhole()
    {
        var tables = MigrationScript.Statements.Select(text => Sql.Parse(text)[0]).OfType<AlterTableSetStatement>()
            .Where(alter => alter.Options.OfType<LockEscalationTableOption>().Any(option => option.Value == LockEscalationMethod.Disable))
            .Select(alter => alter.SchemaObjectName.BaseIdentifier.Value);

        tables.ShouldBe(HotTables, ignoreOrder: true);
    }

    [Fact]
    public void Script_EveryIndexOfAHint_IsThere()
    {
        var indexes = MigrationScript.Statements.Select(text => Sql.Parse(text)[0]).OfType<CreateIndexStatement>()
            .Select(index => index.Name.Value);

        Hints().ShouldNotBeEmpty();
        Hints().ShouldBeSubsetOf(indexes);
    }

    [Fact]
    public void Script_EveryTextColumn_ComparesByCodeUnits()
    {
        var columns = MigrationScript.Statements.Select(text => Sql.Parse(text)[0]).OfType<CreateTableStatement>()
            .Where(table => !table.SchemaObjectName.BaseIdentifier.Value.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(table => table.Definition.ColumnDefinitions)
            .Where(column => column.DataType.Name.BaseIdentifier.Value.EndsWith("char", StringComparison.OrdinalIgnoreCase))
            .ToList();

        columns.ShouldNotBeEmpty();
        columns.ShouldAllBe(column => column.Collation.Value == SqlServerWebhooksDbContext.TextCollation);
    }

    [Fact]
    public void Script_EveryUniqueIndexOnNullableColumns_LeavesNullsOut()
    {
        var unique = MigrationScript.NewContext().Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes())
            .Where(index => index.IsUnique && index.Properties.Any(property => property.IsNullable)).ToList();

        unique.Count.ShouldBe(5); // uids of applications and of endpoints, eventIds, applications of escalation policies, operators' names
        unique.ShouldAllBe(index => index.GetFilter()!.EndsWith(" IS NOT NULL"));
    }

    private static List<string> Hints()
    {
        var hints = new IndexHints();
        foreach (var statement in Constants.All.Values.SelectMany(Sql.Parse))
            statement.Accept(hints);
        return hints.Names;
    }

    private sealed class IndexHints : TSqlFragmentVisitor
    {
        public List<string> Names { get; } = [];

        public override void Visit(IndexTableHint node) => Names.AddRange(node.IndexValues.Select(value => value.Identifier.Value));
    }
}
