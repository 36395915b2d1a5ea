namespace Webhooks.Core.Deliveries;

/// <summary>The waits between attempts.</summary>
internal static class RetrySchedule
{
    public static readonly IReadOnlyList<TimeSpan> Default =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The share of a wait that jitter may add or take away.</summary>
    public const double JitterShare = 0.2;

    /// <summary>The wait after <paramref name="failures"/> failed attempts (1 or more), or null when the schedule is exhausted.</summary>
    /// <param name="jitter">0 to 1, uniformly drawn; 0.5 leaves the wait as it is.</param>
    public static TimeSpan? Next(IReadOnlyList<TimeSpan> schedule, int failures, double jitter) =>
        failures > schedule.Count
            ? null
            : schedule[failures - 1] * (1 + JitterShare * (2 * jitter - 1));
}
