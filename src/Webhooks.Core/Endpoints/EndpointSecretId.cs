using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Endpoints;

/// <summary>Names one signing secret of an endpoint.</summary>
internal readonly record struct EndpointSecretId(UInt128 Value) : IEntityId<EndpointSecretId>, IComparable<EndpointSecretId>
{
    public static string Prefix => "sec_";

    public static EndpointSecretId From(UInt128 value) => new(value);

    public int CompareTo(EndpointSecretId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(EndpointSecretId left, EndpointSecretId right) => left.Value < right.Value;
    public static bool operator >(EndpointSecretId left, EndpointSecretId right) => left.Value > right.Value;
    public static bool operator <=(EndpointSecretId left, EndpointSecretId right) => left.Value <= right.Value;
    public static bool operator >=(EndpointSecretId left, EndpointSecretId right) => left.Value >= right.Value;
}
