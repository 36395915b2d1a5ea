using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Webhooks.Data.SqlServer.Tests.Binding;

/// <summary>The tables and indexes that the migrations make, with what later ones add to them and take away.</summary>
internal static class Schema
{
    /// <summary>As the last migration leaves it.</summary>
    public static readonly IReadOnlyList<string> Current = Read(withDropped: false);

    /// <summary>With every column that ever was: what a migration moves from one column to another names both.</summary>
    public static readonly IReadOnlyList<string> Ever = Read(withDropped: true);

    private static List<string> Read(bool withDropped)
    {
        var tables = new Dictionary<string, CreateTableStatement>();
        var indexes = new List<CreateIndexStatement>();
        foreach (var statement in MigrationScript.Statements.Select(text => Sql.Parse(text)[0]))
        {
            if (statement is CreateTableStatement table)
                tables.Add(NameOf(table.SchemaObjectName), table);
            else if (statement is CreateIndexStatement index)
                indexes.Add(index);
            else if (statement is AlterTableAddTableElementStatement added)
                Add(tables[NameOf(added.SchemaObjectName)], added);
            else if (statement is AlterTableDropTableElementStatement dropped && !withDropped)
                Drop(tables[NameOf(dropped.SchemaObjectName)], dropped);
        }

        return [.. tables.Values.Concat<TSqlStatement>(indexes).Select(Write)];
    }

    private static void Add(CreateTableStatement table, AlterTableAddTableElementStatement added)
    {
        foreach (var column in added.Definition.ColumnDefinitions)
            table.Definition.ColumnDefinitions.Add(column);
    }

    private static void Drop(CreateTableStatement table, AlterTableDropTableElementStatement dropped)
    {
        foreach (var name in dropped.AlterTableDropTableElements.Where(e => e.TableElementType == TableElementType.Column))
            table.Definition.ColumnDefinitions.Remove(
                table.Definition.ColumnDefinitions.Single(column => column.ColumnIdentifier.Value == name.Name.Value));
    }

    private static string NameOf(SchemaObjectName name) => name.BaseIdentifier.Value;

    private static string Write(TSqlStatement statement)
    {
        new Sql150ScriptGenerator().GenerateScript(statement, out var text);
        return text;
    }
}
