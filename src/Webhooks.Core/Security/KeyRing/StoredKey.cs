namespace Webhooks.Core.Security.KeyRing;

/// <summary>An element of the key ring: a key, encrypted by the master key, or a revocation.</summary>
internal sealed class StoredKey
{
    /// <summary>As Data Protection calls it: <c>key-…</c> or <c>revocation-…</c>.</summary>
    public required string Name { get; init; }

    public required string Xml { get; init; }
}
