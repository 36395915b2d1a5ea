using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Messages;

/// <summary>How what is sent differs from the payload.</summary>
internal sealed record TransformationsParamsIn : IBody<TransformationsParamsIn>
{
    private const int MaxLength = 16 * 1024 * 1024; // The limit of the whole body comes first.

    /// <summary>What subscribers get in the payload's place, as it is; null for the payload.</summary>
    /// <example>null</example>
    public string? RawPayload { get; init; }

    public static TransformationsParamsIn Read(ObjectReader body)
    {
        body.Unsupported("headers");
        return new() { RawPayload = body.OptionalText("rawPayload", new TextRule(1, MaxLength)) };
    }
}
