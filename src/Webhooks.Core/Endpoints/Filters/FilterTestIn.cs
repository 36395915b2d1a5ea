using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>A payload to try a filter with.</summary>
internal sealed record FilterTestIn : IBody<FilterTestIn>
{
    /// <summary>The payload, a JSON object. It is neither stored nor sent.</summary>
    /// <example>{"data": {"amount": 1999, "currency": "EUR"}}</example>
    public required RawJson Payload { get; init; }

    /// <summary>A filter to try before it is saved; left out, the endpoint's own.</summary>
    /// <example>{"path": "$.data.amount", "gte": 1000}</example>
    public Optional<RawJson?> Filter { get; init; }

    public static FilterTestIn Read(ObjectReader body) => new()
    {
        Payload = body.RawObject("payload"),
        Filter = EndpointRules.Filter(body),
    };
}
