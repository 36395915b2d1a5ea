namespace Webhooks.Core.Incidents;

/// <summary>What follows from how long nothing has got through to an endpoint. Pure.</summary>
internal static class FailingRules
{
    private static readonly int[] Warnings = [90, 75, 50];

    /// <summary>After the last warning its reader has so many percent of the rule left, even where the warning came late.</summary>
    private const int LastNotice = 10;

    /// <param name="since">When the first attempt failed after the last one that was delivered.</param>
    /// <param name="saidAt">When the incident that is not resolved was opened, or warned last; null when there is none.</param>
    public static FailingMove Decide(DateTimeOffset since, DateTimeOffset? saidAt, DateTimeOffset now, IncidentOptions options)
    {
        if (now - since < options.FailingAfter)
            return FailingMove.None;
        if (saidAt is not { } said)
            return FailingMove.Open;

        // A service that was down for days wakes up to old failures: it warns first, and in the time that is left attempts show whether
        // they still hold.
        var limit = options.DisableAfter;
        var isOver = limit > TimeSpan.Zero && now - since >= limit;
        if (isOver && LevelOf(said - since, limit) == Warnings[0] && now - said >= Part(limit, LastNotice))
            return FailingMove.Disable;

        return LevelOf(now - since, limit) > LevelOf(said - since, limit) ? FailingMove.Warn : FailingMove.None;
    }

    /// <summary>How much of the rule is over, in percent: the highest warning that is due, or 0.</summary>
    public static int LevelOf(TimeSpan failing, TimeSpan limit) =>
        limit <= TimeSpan.Zero ? 0 : Warnings.FirstOrDefault(percent => failing >= Part(limit, percent));

    private static TimeSpan Part(TimeSpan limit, int percent) => limit * percent / 100;
}

/// <summary>What is done about an endpoint to which nothing gets through.</summary>
internal enum FailingMove
{
    None = 0,

    /// <summary>People are told.</summary>
    Open = 1,

    /// <summary>People are told that it comes nearer to being disabled.</summary>
    Warn = 2,

    /// <summary>The service disables it; what waits is held.</summary>
    Disable = 3,
}
