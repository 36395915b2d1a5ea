using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Channels;

/// <summary>Names a channel over which people are told.</summary>
internal readonly record struct ChannelId(UInt128 Value) : IEntityId<ChannelId>, IComparable<ChannelId>
{
    public static string Prefix => "chan_";

    public static ChannelId From(UInt128 value) => new(value);

    public int CompareTo(ChannelId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(ChannelId left, ChannelId right) => left.Value < right.Value;
    public static bool operator >(ChannelId left, ChannelId right) => left.Value > right.Value;
    public static bool operator <=(ChannelId left, ChannelId right) => left.Value <= right.Value;
    public static bool operator >=(ChannelId left, ChannelId right) => left.Value >= right.Value;
}
