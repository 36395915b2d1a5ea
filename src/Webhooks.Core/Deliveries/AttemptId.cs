using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Deliveries;

/// <summary>Names one attempt of a delivery.</summary>
internal readonly record struct AttemptId(UInt128 Value) : IEntityId<AttemptId>, IComparable<AttemptId>
{
    public static string Prefix => "atmpt_";

    public static AttemptId From(UInt128 value) => new(value);

    public int CompareTo(AttemptId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(AttemptId left, AttemptId right) => left.Value < right.Value;
    public static bool operator >(AttemptId left, AttemptId right) => left.Value > right.Value;
    public static bool operator <=(AttemptId left, AttemptId right) => left.Value <= right.Value;
    public static bool operator >=(AttemptId left, AttemptId right) => left.Value >= right.Value;
}
