using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Names a long task.</summary>
internal readonly record struct BackgroundTaskId(UInt128 Value) : IEntityId<BackgroundTaskId>, IComparable<BackgroundTaskId>
{
    public static string Prefix => "qtask_";

    public static BackgroundTaskId From(UInt128 value) => new(value);

    public int CompareTo(BackgroundTaskId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(BackgroundTaskId left, BackgroundTaskId right) => left.Value < right.Value;
    public static bool operator >(BackgroundTaskId left, BackgroundTaskId right) => left.Value > right.Value;
    public static bool operator <=(BackgroundTaskId left, BackgroundTaskId right) => left.Value <= right.Value;
    public static bool operator >=(BackgroundTaskId left, BackgroundTaskId right) => left.Value >= right.Value;
}
