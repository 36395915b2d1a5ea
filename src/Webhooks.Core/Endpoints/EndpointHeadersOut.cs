namespace Webhooks.Core.Endpoints;

/// <summary>An endpoint's own headers.</summary>
internal sealed record EndpointHeadersOut
{
    /// <summary>Those whose values may be shown.</summary>
    /// <example>{"x-tenant": "acme"}</example>
    public required Dictionary<string, string> Headers { get; init; }

    /// <summary>The names of those whose values are credentials.</summary>
    /// <example>["x-api-key"]</example>
    public required IReadOnlyList<string> Sensitive { get; init; }
}
