namespace Webhooks.Server.Dashboard.Parts;

/// <summary>What half, 95 of 100 and 99 of 100 stay within.</summary>
internal sealed record Percentiles(TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    /// <summary>By the nearest rank: each is a value that was measured. Null of nothing.</summary>
    public static Percentiles? Of(List<TimeSpan> values)
    {
        if (values.Count == 0)
            return null;

        values.Sort();
        return new(At(50), At(95), At(99));

        TimeSpan At(int percent) => values[(values.Count * percent + 99) / 100 - 1];
    }
}
