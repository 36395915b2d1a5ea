using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Polling;

/// <summary>Where a reader is to go on.</summary>
internal sealed record PollingEndpointConsumerSeekIn : IBody<PollingEndpointConsumerSeekIn>
{
    /// <summary>It goes on with what came in for the endpoint after this time; what came shortly before it may come again.</summary>
    /// <example>2026-01-31T12:00:00Z</example>
    public required DateTimeOffset After { get; init; }

    public static PollingEndpointConsumerSeekIn Read(ObjectReader body) => new() { After = body.Time("after") ?? default };
}
