using System.Text.Json;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>Compiles a node that looks at a value: a path, and operators that must all say yes.</summary>
internal sealed class ValueTestReader(ContentFilterReader filter, Dictionary<string, JsonElement> members, string[] loc)
{
    private const string Operators = "eq, in, prefix, exists, gt, gte, lt, lte";

    private readonly List<ContentFilter> _tests = [];

    public ContentFilter? Read()
    {
        var path = ReadPath(members["path"]);
        foreach (var (name, operand) in members.Where(member => member.Key != "path"))
        {
            if (ReadTest(name, operand) is { } test && path is not null)
                _tests.Add(new ValueTest(path, test.Passes, new FilterMismatch([.. loc, name], test.Rule, path)));
        }

        if (members.Count == 1)
            filter.Fault(loc, $"Must have one or more of these beside 'path': {Operators}.");
        return _tests is [var single] ? single : new AllOf(_tests);
    }

    private JsonPath? ReadPath(JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String ? StrictJson.TextOf(value) : null;
        if (text is null)
            Fault("path", "Must be a string: a path such as $.data.amount.");
        else if (!JsonPath.TryParse(text, out var path, out var error))
            Fault("path", error);
        else
            return path;

        return null;
    }

    private Test? ReadTest(string name, JsonElement operand) => name switch
    {
        "eq" => ReadEqual(operand),
        "in" => ReadIn(operand),
        "prefix" => ReadPrefix(operand),
        "exists" => ReadExists(operand),
        "gt" => ReadOrder(name, operand, order => order > 0, "must be greater"),
        "gte" => ReadOrder(name, operand, order => order >= 0, "must be greater or equal"),
        "lt" => ReadOrder(name, operand, order => order < 0, "must be less"),
        "lte" => ReadOrder(name, operand, order => order <= 0, "must be less or equal"),
        _ => Fault(name, $"Is not known. A path may have these beside it: {Operators}."),
    };

    private Test? ReadEqual(JsonElement operand)
    {
        if (Scalar.Of(operand) is not { } value)
            return Fault("eq", "Must be a string, a number, true, false or null.");

        var set = new ScalarSet([value]);
        return new Test(found => found is { } there && set.Contains(there), "must be equal");
    }

    private Test? ReadIn(JsonElement operand)
    {
        if (operand.ValueKind is not JsonValueKind.Array || operand.GetArrayLength() is 0 or > ContentFilter.MaxValues)
            return Fault("in", "Must be a list of 1 to 1,000 values.");

        var values = new List<Scalar>();
        foreach (var (index, entry) in operand.EnumerateArray().Index())
        {
            if (Scalar.Of(entry) is { } value)
                values.Add(value);
            else
                filter.Fault([.. loc, "in", ContentFilterReader.Entry(index)], "Must be a string, a number, true, false or null.");
        }

        var set = new ScalarSet(values);
        return new Test(found => found is { } there && set.Contains(there), "must be one of the list");
    }

    private Test? ReadPrefix(JsonElement operand)
    {
        if (Scalar.Of(operand) is not { Kind: JsonValueKind.String, Utf8: var prefix })
            return Fault("prefix", "Must be a string.");

        return new Test(
            found => found is { ValueKind: JsonValueKind.String } there && JsonText.Head(there, prefix.Length).StartsWith(prefix),
            "must be a string that begins so");
    }

    private Test? ReadExists(JsonElement operand)
    {
        if (operand.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return Fault("exists", "Must be true or false.");

        var wanted = operand.GetBoolean();
        return new Test(found => found.HasValue == wanted, wanted ? "must be there" : "must not be there");
    }

    // Of different kinds neither is greater: RFC 9535, section 2.3.5.2.2, has such comparisons be false.
    private Test? ReadOrder(string name, JsonElement operand, Func<int, bool> accepts, string rule)
    {
        if (Scalar.Of(operand) is not { Kind: JsonValueKind.String or JsonValueKind.Number } limit)
            return Fault(name, "Must be a number or a string.");

        return new Test(found => found is { } there && limit.Compare(there) is { } order && accepts(order), rule);
    }

    private Test? Fault(string name, string message)
    {
        filter.Fault([.. loc, name], message);
        return null;
    }

    private sealed record Test(Func<JsonElement?, bool> Passes, string Rule);
}
