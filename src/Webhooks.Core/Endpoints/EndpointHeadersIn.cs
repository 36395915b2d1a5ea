using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints;

/// <summary>All of an endpoint's own headers.</summary>
internal sealed record EndpointHeadersIn : IBody<EndpointHeadersIn>
{
    /// <summary>
    /// Headers to send with every delivery, 50 at most; values of 4,096 bytes at most. Names that this service, HTTP or what stands between
    /// sets are refused.
    /// </summary>
    /// <example>{"x-api-key": "k-123"}</example>
    public required Dictionary<string, string> Headers { get; init; }

    public static EndpointHeadersIn Read(ObjectReader body) => new() { Headers = EndpointRules.Headers(body, isRequired: true) };
}

/// <summary>Changes of an endpoint's own headers: what is left out stays.</summary>
internal sealed record EndpointHeadersPatchIn : IBody<EndpointHeadersPatchIn>
{
    /// <summary>Headers to add or to replace; null removes one.</summary>
    /// <example>{"x-api-key": "k-124", "x-old": null}</example>
    public required Dictionary<string, string?> Headers { get; init; }

    /// <summary>Names of headers to remove.</summary>
    /// <example>["x-old"]</example>
    public List<string>? DeleteHeaders { get; init; }

    public static EndpointHeadersPatchIn Read(ObjectReader body) => new()
    {
        Headers = body.Headers("headers", isRequired: true, mayBeNull: true, EndpointHeaderRule.FindFault),
        DeleteHeaders = body.OptionalTexts("deleteHeaders", new TextRule(1, 256), 0, EndpointHeaders.MaxCount),
    };
}
