using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Operators;

/// <summary>Names a person who signs in.</summary>
internal readonly record struct OperatorId(UInt128 Value) : IEntityId<OperatorId>, IComparable<OperatorId>
{
    public static string Prefix => "op_";

    public static OperatorId From(UInt128 value) => new(value);

    public int CompareTo(OperatorId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(OperatorId left, OperatorId right) => left.Value < right.Value;
    public static bool operator >(OperatorId left, OperatorId right) => left.Value > right.Value;
    public static bool operator <=(OperatorId left, OperatorId right) => left.Value <= right.Value;
    public static bool operator >=(OperatorId left, OperatorId right) => left.Value >= right.Value;
}
