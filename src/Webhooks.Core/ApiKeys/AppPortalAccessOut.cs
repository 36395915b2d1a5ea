namespace Webhooks.Core.ApiKeys;

/// <summary>A way into the portal.</summary>
internal sealed record AppPortalAccessOut
{
    /// <summary>The portal's address with the token in its fragment, which browsers send to no server.</summary>
    /// <example>https://webhooks.example.com/portal#token=whk_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</example>
    public required string Url { get; init; }

    /// <summary>The token by itself: a key of that one application.</summary>
    /// <example>whk_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</example>
    public required string Token { get; init; }
}
