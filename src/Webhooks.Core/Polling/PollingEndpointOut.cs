namespace Webhooks.Core.Polling;

/// <summary>One page of what came in for an endpoint, oldest first.</summary>
internal sealed record PollingEndpointOut
{
    /// <summary>The messages; may be fewer than asked for, even none, while <c>done</c> is false.</summary>
    public required IReadOnlyList<PollingEndpointMessageOut> Data { get; init; }

    /// <summary>Send it as <c>iterator</c> for what follows, now or later.</summary>
    /// <example>AX8i4nmwfMOYxNwMDAc5jwAAAAAAAAAq</example>
    public required string Iterator { get; init; }

    /// <summary>Whether nothing follows just now.</summary>
    /// <example>true</example>
    public required bool Done { get; init; }
}
