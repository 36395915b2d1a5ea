using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Incidents;

/// <summary>Names an entry of an incident's timeline.</summary>
internal readonly record struct IncidentEventId(UInt128 Value) : IEntityId<IncidentEventId>, IComparable<IncidentEventId>
{
    public static string Prefix => "inev_";

    public static IncidentEventId From(UInt128 value) => new(value);

    public int CompareTo(IncidentEventId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(IncidentEventId left, IncidentEventId right) => left.Value < right.Value;
    public static bool operator >(IncidentEventId left, IncidentEventId right) => left.Value > right.Value;
    public static bool operator <=(IncidentEventId left, IncidentEventId right) => left.Value <= right.Value;
    public static bool operator >=(IncidentEventId left, IncidentEventId right) => left.Value >= right.Value;
}
