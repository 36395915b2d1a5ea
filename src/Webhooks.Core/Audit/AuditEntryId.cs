using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Audit;

/// <summary>Names an entry of the audit log.</summary>
internal readonly record struct AuditEntryId(UInt128 Value) : IEntityId<AuditEntryId>, IComparable<AuditEntryId>
{
    public static string Prefix => "audit_";

    public static AuditEntryId From(UInt128 value) => new(value);

    public int CompareTo(AuditEntryId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(AuditEntryId left, AuditEntryId right) => left.Value < right.Value;
    public static bool operator >(AuditEntryId left, AuditEntryId right) => left.Value > right.Value;
    public static bool operator <=(AuditEntryId left, AuditEntryId right) => left.Value <= right.Value;
    public static bool operator >=(AuditEntryId left, AuditEntryId right) => left.Value >= right.Value;
}
