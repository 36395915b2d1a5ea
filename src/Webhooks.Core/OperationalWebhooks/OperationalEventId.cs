using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>Names an event about the service itself; the eventId of the message that tells it.</summary>
internal readonly record struct OperationalEventId(UInt128 Value) : IEntityId<OperationalEventId>, IComparable<OperationalEventId>
{
    public static string Prefix => "opev_";

    public static OperationalEventId From(UInt128 value) => new(value);

    public int CompareTo(OperationalEventId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(OperationalEventId left, OperationalEventId right) => left.Value < right.Value;
    public static bool operator >(OperationalEventId left, OperationalEventId right) => left.Value > right.Value;
    public static bool operator <=(OperationalEventId left, OperationalEventId right) => left.Value <= right.Value;
    public static bool operator >=(OperationalEventId left, OperationalEventId right) => left.Value >= right.Value;
}
