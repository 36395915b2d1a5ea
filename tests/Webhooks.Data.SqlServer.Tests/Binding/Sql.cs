using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Webhooks.Data.SqlServer.Tests.Binding;

/// <summary>T-SQL as SQL Server's own parser reads it. Version 150 is SQL Server 2019: what is newer is a fault.</summary>
internal static class Sql
{
    public static IReadOnlyList<TSqlStatement> Parse(string text)
    {
        var script = (TSqlScript?)Parse(text, out var errors);
        return errors.Count > 0
            ? throw new FormatException(Tell(errors, text))
            : [.. script!.Batches.SelectMany(batch => batch.Statements)];
    }

    /// <summary>The variables that the text uses and does not declare.</summary>
    public static IReadOnlySet<string> Parameters(string text)
    {
        var variables = new Variables();
        Parse(text, out _)?.Accept(variables);
        return variables.Used.Except(variables.Declared, StringComparer.OrdinalIgnoreCase).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The columns of the tables that a query gives, in order, or what it calls others; none where it is no query.</summary>
    public static IReadOnlyList<string> Columns(string text) =>
        ((TSqlScript?)Parse(text, out _))?.Batches.SelectMany(batch => batch.Statements).FirstOrDefault() is SelectStatement select
        && select.QueryExpression is QuerySpecification query
            ? [.. query.SelectElements.OfType<SelectScalarExpression>().Select(NameOf)]
            : [];

    private static string NameOf(SelectScalarExpression column) =>
        (column.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers[^1].Value ?? column.ColumnName?.Value ?? "";

    private static TSqlFragment? Parse(string text, out IList<ParseError> errors)
    {
        using var reader = new StringReader(text);
        return new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out errors);
    }

    private static string Tell(IEnumerable<ParseError> errors, string text) =>
        string.Join('\n', errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")) + "\n" + text;

    private sealed class Variables : TSqlFragmentVisitor
    {
        public HashSet<string> Used { get; } = [];
        public HashSet<string> Declared { get; } = [];

        public override void Visit(VariableReference node) => Used.Add(node.Name);

        public override void Visit(DeclareVariableElement node) => Declared.Add(node.VariableName.Value);

        public override void Visit(DeclareTableVariableBody node) => Declared.Add(node.VariableName.Value);

        // The parameter's name in a call of a procedure is none of ours.
        public override void ExplicitVisit(ExecuteParameter node) => node.ParameterValue.Accept(this);
    }
}
