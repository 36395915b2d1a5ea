namespace Webhooks.Server.Demo;

/// <summary>When people are awake. Pure but for the chance that it is given.</summary>
internal static class DemoRhythm
{
    /// <summary>How much happens in an hour, against the others: much by day, little at night, less at the weekend.</summary>
    public static double Of(DateTimeOffset time)
    {
        var hour = time.Hour + time.Minute / 60.0;
        var daylight = Math.Max(0, Math.Sin((hour - 5.5) / 16 * Math.PI));
        var evening = Math.Exp(-Math.Pow((hour - 19.5) / 1.6, 2));
        var weekend = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1;
        return (0.12 + daylight + 0.5 * evening) * weekend;
    }

    /// <summary>So many times between the two, in order, more of them where more happens.</summary>
    public static List<DateTimeOffset> Scatter(int count, DateTimeOffset since, DateTimeOffset until, Random chance)
    {
        const double Most = 1.7;
        var times = new List<DateTimeOffset>(count);
        while (times.Count < count)
        {
            var time = since + (until - since) * chance.NextDouble();
            if (chance.NextDouble() * Most < Of(time))
                times.Add(time);
        }

        times.Sort();
        return times;
    }
}
