using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Applications;

/// <summary>Names an application (tenant).</summary>
internal readonly record struct ApplicationId(UInt128 Value) : IEntityId<ApplicationId>, IComparable<ApplicationId>
{
    public static string Prefix => "app_";

    public static ApplicationId From(UInt128 value) => new(value);

    public int CompareTo(ApplicationId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(ApplicationId left, ApplicationId right) => left.Value < right.Value;
    public static bool operator >(ApplicationId left, ApplicationId right) => left.Value > right.Value;
    public static bool operator <=(ApplicationId left, ApplicationId right) => left.Value <= right.Value;
    public static bool operator >=(ApplicationId left, ApplicationId right) => left.Value >= right.Value;
}
