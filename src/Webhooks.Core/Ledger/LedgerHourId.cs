using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Ledger;

/// <summary>Names an entry of the books: an hour of an endpoint.</summary>
internal readonly record struct LedgerHourId(UInt128 Value) : IEntityId<LedgerHourId>, IComparable<LedgerHourId>
{
    public static string Prefix => "led_";

    public static LedgerHourId From(UInt128 value) => new(value);

    public int CompareTo(LedgerHourId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(LedgerHourId left, LedgerHourId right) => left.Value < right.Value;
    public static bool operator >(LedgerHourId left, LedgerHourId right) => left.Value > right.Value;
    public static bool operator <=(LedgerHourId left, LedgerHourId right) => left.Value <= right.Value;
    public static bool operator >=(LedgerHourId left, LedgerHourId right) => left.Value >= right.Value;
}
