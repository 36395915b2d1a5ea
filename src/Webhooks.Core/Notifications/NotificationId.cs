using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Notifications;

/// <summary>Names a notification: what one channel is told once.</summary>
internal readonly record struct NotificationId(UInt128 Value) : IEntityId<NotificationId>, IComparable<NotificationId>
{
    public static string Prefix => "ntf_";

    public static NotificationId From(UInt128 value) => new(value);

    public int CompareTo(NotificationId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(NotificationId left, NotificationId right) => left.Value < right.Value;
    public static bool operator >(NotificationId left, NotificationId right) => left.Value > right.Value;
    public static bool operator <=(NotificationId left, NotificationId right) => left.Value <= right.Value;
    public static bool operator >=(NotificationId left, NotificationId right) => left.Value >= right.Value;
}
