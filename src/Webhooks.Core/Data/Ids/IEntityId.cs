namespace Webhooks.Core.Data.Ids;

/// <summary>
/// A typed id: 16 bytes, time-ordered (RFC 9562 version 7), written as a prefix and 26 base-32 characters that sort as the bytes do.
/// </summary>
internal interface IEntityId<TSelf> where TSelf : struct, IEntityId<TSelf>
{
    /// <summary>What the text begins with, underscore included: <c>msg_</c>.</summary>
    static abstract string Prefix { get; }

    static abstract TSelf From(UInt128 value);

    UInt128 Value { get; }
}
