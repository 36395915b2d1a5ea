using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Webhooks.Core.EventTypes;

/// <summary>NJsonSchema's validator where it must be kept from harm, and where draft 7 says something else.</summary>
internal sealed class PayloadValidator : JsonSchemaValidator
{
    protected override ICollection<ValidationError> Validate(
        JToken token, JsonSchema schema, SchemaType schemaType, string? propertyName, string propertyPath)
    {
        // A schema may refer to itself without an end. That must fail this payload, not the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();

        var errors = base.Validate(token, schema, schemaType, propertyName, propertyPath);
        return IsWhole(token)
            ? [.. errors.Where(error => error.Kind is not ValidationErrorKind.IntegerExpected || error.Token != token)]
            : errors;
    }

    // JSON Schema validation, draft 7, section 6.1.1: an integer is any number with a zero fractional part, 1.0 too.
    private static bool IsWhole(JToken token) => token.Type is JTokenType.Float && double.IsInteger(token.Value<double>());
}
