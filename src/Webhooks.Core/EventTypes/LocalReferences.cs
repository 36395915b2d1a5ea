using NJsonSchema;
using NJsonSchema.References;

namespace Webhooks.Core.EventTypes;

/// <summary>
/// References lead only within the schema: compiling must not make this service read files or call addresses that a caller chose.
/// </summary>
internal sealed class LocalReferences(JsonSchema root)
    : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
{
    public override Task<IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) =>
        throw Refusal();

    public override Task<IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken = default) =>
        throw Refusal();

    private static InvalidOperationException Refusal() =>
        new("references ($ref) may only lead to places within the same schema (#/…).");
}
