using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Incidents;

/// <summary>Names an incident.</summary>
internal readonly record struct IncidentId(UInt128 Value) : IEntityId<IncidentId>, IComparable<IncidentId>
{
    public static string Prefix => "inc_";

    public static IncidentId From(UInt128 value) => new(value);

    public int CompareTo(IncidentId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(IncidentId left, IncidentId right) => left.Value < right.Value;
    public static bool operator >(IncidentId left, IncidentId right) => left.Value > right.Value;
    public static bool operator <=(IncidentId left, IncidentId right) => left.Value <= right.Value;
    public static bool operator >=(IncidentId left, IncidentId right) => left.Value >= right.Value;
}
