using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Visitors;

namespace Webhooks.Core.EventTypes;

/// <summary>Finds the first regular expression of a schema that can't be read: no payload could be held against it.</summary>
internal sealed class PatternFaults : JsonSchemaVisitorBase
{
    private string? _fault;

    private PatternFaults()
    {
    }

    /// <returns>Null when all of them can be read.</returns>
    public static string? Find(JsonSchema schema)
    {
        var patterns = new PatternFaults();
        patterns.Visit(schema);
        return patterns._fault;
    }

    protected override JsonSchema VisitSchema(JsonSchema schema, string path, string? typeNameHint)
    {
        foreach (var pattern in schema.PatternProperties.Keys)
            _fault ??= FaultOf(pattern);
        if (schema.Pattern is { } own)
            _fault ??= FaultOf(own);
        return schema;
    }

    private static string? FaultOf(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return null;
        }
        catch (ArgumentException fault)
        {
            return $"Has a pattern that is not a regular expression: {fault.Message}";
        }
    }
}
