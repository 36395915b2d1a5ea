using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Messages;

/// <summary>Names a message; sent as webhook-id on every attempt.</summary>
internal readonly record struct MessageId(UInt128 Value) : IEntityId<MessageId>, IComparable<MessageId>
{
    public static string Prefix => "msg_";

    public static MessageId From(UInt128 value) => new(value);

    public int CompareTo(MessageId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(MessageId left, MessageId right) => left.Value < right.Value;
    public static bool operator >(MessageId left, MessageId right) => left.Value > right.Value;
    public static bool operator <=(MessageId left, MessageId right) => left.Value <= right.Value;
    public static bool operator >=(MessageId left, MessageId right) => left.Value >= right.Value;
}
