using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Deliveries;

/// <summary>Names one message on its way to one endpoint.</summary>
internal readonly record struct DeliveryId(UInt128 Value) : IEntityId<DeliveryId>, IComparable<DeliveryId>
{
    public static string Prefix => "dlv_";

    public static DeliveryId From(UInt128 value) => new(value);

    public int CompareTo(DeliveryId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(DeliveryId left, DeliveryId right) => left.Value < right.Value;
    public static bool operator >(DeliveryId left, DeliveryId right) => left.Value > right.Value;
    public static bool operator <=(DeliveryId left, DeliveryId right) => left.Value <= right.Value;
    public static bool operator >=(DeliveryId left, DeliveryId right) => left.Value >= right.Value;
}
