using System.Globalization;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Webhooks.Core.EventTypes;

/// <summary>Where a payload does not fit a schema.</summary>
/// <param name="Path">The way to it from the payload; a list's index is written <c>[0]</c>.</param>
/// <param name="Kind">A word for what is wrong, such as <c>PropertyRequired</c>.</param>
internal sealed record PayloadFault(IReadOnlyList<string> Path, string Kind);

/// <summary>Asks NJsonSchema.</summary>
internal static class PayloadFaults
{
    /// <summary>How many are told of one payload.</summary>
    public const int Max = 100;

    private const string NotCheckable = "CannotBeChecked";

    // A second's work or so, and enough for the largest payload: a value of it takes one byte at least and, with its references and
    // alternatives, a few steps.
    private const long MinSteps = 1_000_000;
    private const long StepsForEachCharacter = 4;

    public static IReadOnlyList<PayloadFault> Find(JsonSchema schema, string payload)
    {
        try
        {
            var validator = new PayloadValidator(MinSteps + StepsForEachCharacter * payload.Length);
            return [.. validator.Validate(payload, schema).SelectMany(Flatten).Take(Max).Select(Of)];
        }
        catch (Exception)
        {
            // NJsonSchema gives up with exceptions of many types: whole numbers of more than 380 digits, schemas that refer to themselves
            // without an end or nearly so, patterns that take too long. What can't be checked is not known to fit.
            return [new PayloadFault([], NotCheckable)];
        }
    }

    // "An entry of the list does not fit" says less than what is wrong with the entry; of alternatives none is the one that was meant.
    private static IEnumerable<ValidationError> Flatten(ValidationError error) =>
        error is ChildSchemaValidationError parent
            && error.Kind is ValidationErrorKind.ArrayItemNotValid or ValidationErrorKind.AdditionalPropertiesNotValid
            ? parent.Errors.SelectMany(child => child.Value).SelectMany(Flatten)
            : [error];

    private static PayloadFault Of(ValidationError error)
    {
        var path = new List<string>();
        for (var token = error.Token; token is not null; token = token.Parent)
        {
            if (token is JProperty property)
                path.Add(property.Name);
            else if (token.Parent is JArray list)
                path.Add(string.Create(CultureInfo.InvariantCulture, $"[{list.IndexOf(token)}]"));
        }

        path.Reverse();
        if (error is { Kind: ValidationErrorKind.PropertyRequired, Property: { } missing })
            path.Add(missing);
        return new PayloadFault(path, error.Kind.ToString());
    }
}
