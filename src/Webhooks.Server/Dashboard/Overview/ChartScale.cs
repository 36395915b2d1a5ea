namespace Webhooks.Server.Dashboard.Overview;

/// <summary>A round number at the top of a chart. Pure.</summary>
internal static class ChartScale
{
    private static readonly int[] Steps = [1, 2, 4, 5, 8, 10];

    /// <summary>The next number that people find round, and whose half is a whole one; 10 at least.</summary>
    public static long Top(long most)
    {
        var unit = 10L;
        while (unit * 10 < most)
            unit *= 10;
        return most <= 10 ? 10 : Steps.Select(step => step * unit).First(top => top >= most);
    }
}
