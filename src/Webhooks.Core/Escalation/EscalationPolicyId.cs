using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Escalation;

/// <summary>Names an escalation policy.</summary>
internal readonly record struct EscalationPolicyId(UInt128 Value) : IEntityId<EscalationPolicyId>, IComparable<EscalationPolicyId>
{
    public static string Prefix => "esc_";

    public static EscalationPolicyId From(UInt128 value) => new(value);

    public int CompareTo(EscalationPolicyId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(EscalationPolicyId left, EscalationPolicyId right) => left.Value < right.Value;
    public static bool operator >(EscalationPolicyId left, EscalationPolicyId right) => left.Value > right.Value;
    public static bool operator <=(EscalationPolicyId left, EscalationPolicyId right) => left.Value <= right.Value;
    public static bool operator >=(EscalationPolicyId left, EscalationPolicyId right) => left.Value >= right.Value;
}
