using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>
/// Leads to one value of a payload at most: a singular query of JSONPath (RFC 9535, section 2.3.5.1), such as
/// <c>$.data.items[0]['line total']</c>.
/// </summary>
internal sealed class JsonPath
{
    private readonly string _text;
    private readonly IReadOnlyList<PathStep> _steps;

    private JsonPath(string text, IReadOnlyList<PathStep> steps) => (_text, _steps) = (text, steps);

    /// <param name="error">A sentence that says what is wrong and where.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        var reader = new JsonPathReader(text);
        error = reader.Read();
        path = error is null ? new JsonPath(text, reader.Steps) : null;
        return path is not null;
    }

    /// <returns>Null when nothing is there; a JSON null that is there is a value.</returns>
    public JsonElement? Find(JsonElement root)
    {
        var found = root;
        foreach (var step in _steps)
        {
            if (!step.TryTake(found, out found))
                return null;
        }

        return found;
    }

    public override string ToString() => _text;
}

/// <summary>One segment of a path.</summary>
/// <param name="Name">The member of an object; null for an entry of a list.</param>
/// <param name="Index">The entry of a list, from 0; below 0 from its end.</param>
internal readonly record struct PathStep(string? Name, long Index = 0)
{
    public bool TryTake(JsonElement from, out JsonElement found)
    {
        found = default;
        if (Name is not null)
            return from.ValueKind is JsonValueKind.Object && from.TryGetProperty(Name, out found);
        if (from.ValueKind is not JsonValueKind.Array)
            return false;

        var length = from.GetArrayLength();
        var index = Index < 0 ? length + Index : Index;
        if (index < 0 || index >= length)
            return false;

        found = from[(int)index];
        return true;
    }
}
