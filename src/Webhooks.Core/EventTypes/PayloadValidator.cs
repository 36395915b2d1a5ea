using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Webhooks.Core.EventTypes;

/// <summary>NJsonSchema's validator where it must be kept from harm, and where draft 7 says something else or more.</summary>
/// <param name="maxSteps">How many times a value may be held against a schema, or a part of one, before this gives up.</param>
/// <remarks>Without settings of its own NJsonSchema's constructor for derived classes leaves out the checks of <c>format</c>.</remarks>
internal sealed class PayloadValidator(long maxSteps) : JsonSchemaValidator(new JsonSchemaValidatorSettings())
{
    private const string Const = "const";

    private long _steps;

    protected override ICollection<ValidationError> Validate(
        JToken token, JsonSchema schema, SchemaType schemaType, string? propertyName, string propertyPath)
    {
        // A schema may refer to itself without an end. That must fail this payload, not the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();

        // And one of a few lines may ask for billions of steps: two references to a part with two references, and so on.
        if (++_steps > maxSteps)
            throw new InvalidOperationException($"More than {maxSteps} steps.");

        var errors = base.Validate(token, schema, schemaType, propertyName, propertyPath);
        if (IsWhole(token))
            errors = [.. errors.Where(error => error.Kind is not ValidationErrorKind.IntegerExpected || error.Token != token)];
        return IsOther(token, schema.ActualSchema)
            ? [.. errors, new ValidationError(ValidationErrorKind.NotInEnumeration, propertyName, propertyPath, token, schema)]
            : errors;
    }

    // JSON Schema validation, draft 7, section 6.1.1: an integer is any number with a zero fractional part, 1.0 too.
    private static bool IsWhole(JToken token) => token.Type is JTokenType.Float && double.IsInteger(token.Value<double>());

    // Section 6.1.3, which NJsonSchema doesn't know: a list of one. It reads an object here as a schema, so those are not compared.
    private static bool IsOther(JToken token, JsonSchema schema) =>
        schema.ExtensionData?.TryGetValue(Const, out var expected) == true
        && expected is null or string or bool or long or double
        && !AreEqual(token, new JValue(expected));

    private static bool AreEqual(JToken token, JValue expected) =>
        IsNumber(token) && IsNumber(expected) ? expected.CompareTo((JValue)token) == 0 : JToken.DeepEquals(token, expected);

    private static bool IsNumber(JToken token) => token.Type is JTokenType.Integer or JTokenType.Float;
}
