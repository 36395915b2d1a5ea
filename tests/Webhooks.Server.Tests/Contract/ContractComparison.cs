using System.Text.Json;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.Contract;

/// <summary>Finds where our API is not what the contract's clients rely on. What ours has beyond the contract is no difference.</summary>
internal sealed class ContractComparison(OpenApiDescription contract, OpenApiDescription ours)
{
    private readonly SortedSet<string> _differences = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Run()
    {
        foreach (var (name, theirs) in contract.Operations)
        {
            if (ours.Operations.TryGetValue(name, out var operation))
                Compare(theirs, operation);
            else
                _differences.Add($"{name}: missing");
        }

        return _differences;
    }

    private void Compare(ApiOperation theirs, ApiOperation operation)
    {
        if (!theirs.SuccessCodes.Order().SequenceEqual(operation.SuccessCodes.Order()))
            _differences.Add($"{theirs.Name}: answers {string.Join(',', operation.SuccessCodes)} instead of {string.Join(',', theirs.SuccessCodes)}");
        foreach (var parameter in theirs.QueryParameters.Except(operation.QueryParameters))
            _differences.Add($"{theirs.Name}: parameter {parameter} is missing");
        foreach (var code in theirs.SuccessCodes.Intersect(operation.SuccessCodes))
            CompareOptional($"{theirs.Name} {code}", theirs.Answer(code), operation.Answer(code), isAnswer: true);
        CompareOptional($"{theirs.Name} body", theirs.Body, operation.Body, isAnswer: false);
    }

    private void CompareOptional(string place, JsonElement? theirs, JsonElement? actual, bool isAnswer)
    {
        if (theirs is { } expected && actual is { } found)
            Compare(place, expected, found, isAnswer);
        else if (theirs is null != actual is null)
            _differences.Add($"{place}: {(theirs is null ? "has content" : "has no content")}");
    }

    private void Compare(string place, JsonElement theirs, JsonElement actual, bool isAnswer)
    {
        (theirs, actual) = (contract.Resolve(theirs), ours.Resolve(actual));
        if (Text(theirs, "type") is { } type && type != Text(actual, "type"))
            _differences.Add($"{place}: is {Text(actual, "type")} instead of {type}");
        if (theirs.TryGetProperty("items", out var items) && actual.TryGetProperty("items", out var ourItems))
            Compare($"{place}[]", items, ourItems, isAnswer);
        if (theirs.TryGetProperty("properties", out var properties))
            CompareFields(place, properties, theirs, actual, isAnswer);
    }

    private void CompareFields(string place, JsonElement properties, JsonElement theirs, JsonElement actual, bool isAnswer)
    {
        var (theirRequired, ourRequired) = (ApiOperation.Names(theirs, "required").ToHashSet(), ApiOperation.Names(actual, "required").ToHashSet());
        foreach (var field in properties.EnumerateObject())
        {
            if (!actual.TryGetProperty("properties", out var fields) || !fields.TryGetProperty(field.Name, out var ourField))
            {
                _differences.Add($"{place}.{field.Name}: missing");
                continue;
            }

            Compare($"{place}.{field.Name}", field.Value, ourField, isAnswer);

            // An answer may promise more and a body may demand less, never the other way round.
            if (isAnswer && theirRequired.Contains(field.Name) && !ourRequired.Contains(field.Name))
                _differences.Add($"{place}.{field.Name}: may be left out");
            if (!isAnswer && ourRequired.Contains(field.Name) && !theirRequired.Contains(field.Name))
                _differences.Add($"{place}.{field.Name}: is required");
            if (MayBeNull(ourField) != MayBeNull(field.Value) && MayBeNull(ourField) == isAnswer)
                _differences.Add($"{place}.{field.Name}: {(isAnswer ? "may" : "must not")} be null");
        }
    }

    private static bool MayBeNull(JsonElement schema) => schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;
}
