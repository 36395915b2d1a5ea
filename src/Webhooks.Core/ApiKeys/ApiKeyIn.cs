using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.ApiKeys;

/// <summary>A key to make.</summary>
internal sealed record ApiKeyIn : IBody<ApiKeyIn>
{
    /// <summary>What it is for, so that people know it again.</summary>
    /// <example>Order service, production</example>
    public required string Name { get; init; }

    /// <summary>
    /// <c>full</c> (everything), <c>publish</c> (publish messages, nothing else) or <c>application</c> (one application's own
    /// resources).
    /// </summary>
    /// <example>publish</example>
    public required ApiKeyScope Scope { get; init; }

    /// <summary>The application's id or uid; with scope <c>application</c>, and only then.</summary>
    /// <example>null</example>
    public string? ApplicationId { get; init; }

    /// <summary>When it stops working; null for never.</summary>
    /// <example>2030-01-31T12:00:00Z</example>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Requests per second that it may make, 1 to 100,000, and as many at once; null for the deployment's default. More are answered 429.
    /// </summary>
    /// <example>null</example>
    public int? RequestsPerSecond { get; init; }

    public static ApiKeyIn Read(ObjectReader body)
    {
        var key = new ApiKeyIn
        {
            Name = body.Text("name", new TextRule(1, 256, IsForPeople: true)),
            Scope = body.OneOf(
                "scope", ("full", ApiKeyScope.Full), ("publish", ApiKeyScope.Publish), ("application", ApiKeyScope.Application)),
            ApplicationId = body.OptionalText("applicationId", TextRule.EventType),
            ExpiresAt = body.OptionalTime("expiresAt"),
            RequestsPerSecond = body.OptionalInteger("requestsPerSecond", 1, ApiOptions.MaxRequestsPerSecond),
        };
        if (key.Scope is ApiKeyScope.Application != key.ApplicationId is not null)
            body.Fault("applicationId", "Must be given with the scope 'application', and only then.");
        return key;
    }
}
