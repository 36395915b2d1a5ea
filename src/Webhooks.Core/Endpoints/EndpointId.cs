using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Endpoints;

/// <summary>Names an endpoint, and its lane.</summary>
internal readonly record struct EndpointId(UInt128 Value) : IEntityId<EndpointId>, IComparable<EndpointId>
{
    public static string Prefix => "ep_";

    public static EndpointId From(UInt128 value) => new(value);

    public int CompareTo(EndpointId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(EndpointId left, EndpointId right) => left.Value < right.Value;
    public static bool operator >(EndpointId left, EndpointId right) => left.Value > right.Value;
    public static bool operator <=(EndpointId left, EndpointId right) => left.Value <= right.Value;
    public static bool operator >=(EndpointId left, EndpointId right) => left.Value >= right.Value;
}
