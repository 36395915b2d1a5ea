using System.Globalization;
using System.Text.Json;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>Compiles a filter from its JSON, and notes every fault with its place. It is asked once.</summary>
internal sealed class ContentFilterReader
{
    private const string HalfPair = "Contains an escape that is half a UTF-16 pair.";

    private static readonly string[] Kinds = ["path", "and", "or", "not"];

    private readonly List<FilterFault> _faults = [];
    private int _nodes;

    public IReadOnlyList<FilterFault> Faults => _faults;

    /// <param name="json">A JSON value, as <see cref="StrictJson"/> lets it in.</param>
    /// <returns>Null when there are faults.</returns>
    public ContentFilter? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > ContentFilter.MaxBytes)
        {
            Fault([], "Must not be longer than 16,384 bytes of JSON.");
            return null;
        }

        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        var filter = ReadNode(document.RootElement, [], 1);
        if (_nodes > ContentFilter.MaxNodes)
            Fault([], "Must not have more than 100 nodes.");
        return _faults.Count == 0 ? filter : null;
    }

    public void Fault(IReadOnlyList<string> loc, string message) => _faults.Add(new FilterFault(loc, message));

    private ContentFilter? ReadNode(JsonElement node, string[] loc, int depth)
    {
        _nodes++;
        if (depth > ContentFilter.MaxDepth)
            Fault(loc, "Must not nest deeper than 8 levels.");
        else if (node.ValueKind is not JsonValueKind.Object)
            Fault(loc, "Must be an object.");
        else if (StrictJson.MembersOf(node) is not { } members)
            Fault(loc, HalfPair);
        else if (Kinds.Where(members.ContainsKey).ToList() is not [var kind])
            Fault(loc, "Must have one, and only one, of these members: path, and, or, not.");
        else
            return kind == "path" ? new ValueTestReader(this, members, loc).Read() : ReadLogic(kind, members, loc, depth);

        return null;
    }

    private ContentFilter? ReadLogic(string kind, Dictionary<string, JsonElement> members, string[] loc, int depth)
    {
        foreach (var name in members.Keys.Where(name => name != kind))
            Fault([.. loc, name], $"Does not belong beside '{kind}'.");

        string[] place = [.. loc, kind];
        if (kind == "not")
            return ReadNode(members[kind], place, depth + 1) is { } part
                ? new Not(part, new FilterMismatch(place, "must not match"))
                : null;

        var parts = ReadParts(members[kind], place, depth + 1);
        return kind == "and" ? new AllOf(parts) : new AnyOf(parts, new FilterMismatch(place, "must have one that matches"));
    }

    private List<ContentFilter> ReadParts(JsonElement list, string[] loc, int depth)
    {
        var parts = new List<ContentFilter>();
        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Fault(loc, "Must be a list of one or more filters.");
            return parts;
        }

        foreach (var (index, entry) in list.EnumerateArray().Index())
        {
            // Beyond the bound there is one fault to tell, not one for each of thousands.
            if (_nodes <= ContentFilter.MaxNodes && ReadNode(entry, [.. loc, Entry(index)], depth) is { } part)
                parts.Add(part);
        }

        return parts;
    }

    public static string Entry(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}

/// <summary>What is wrong with a filter.</summary>
/// <param name="Loc">The way to it within the filter.</param>
internal sealed record FilterFault(IReadOnlyList<string> Loc, string Message)
{
    public override string ToString() => $"{string.Join('.', Loc)}: {Message}";
}
