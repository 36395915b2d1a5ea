namespace Webhooks.Core.Messages;

/// <summary>
/// A message's body, byte for byte as it was published. Apart from the rows that are updated, and gone once expired or expunged.
/// </summary>
internal sealed class MessagePayload
{
    public required MessageId MessageId { get; init; }
    public required byte[] Body { get; init; }

    /// <summary>What is sent in its place, not necessarily JSON; null for the body itself.</summary>
    public byte[]? RawBody { get; init; }

    /// <summary>From when on it goes, unless a delivery of the message still needs it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
