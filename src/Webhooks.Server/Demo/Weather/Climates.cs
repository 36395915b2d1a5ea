namespace Webhooks.Server.Demo.Weather;

/// <summary>The kinds of endpoints that there are: most answer at once, and those that do not are what a dashboard is for.</summary>
internal static class Climates
{
    /// <summary>When the host of <see cref="Dead"/> goes: after five days the service disables its endpoint.</summary>
    public static readonly TimeSpan HostGone = new(1, 8, 0, 0);

    public static readonly TimeSpan FirstOutage = new(3, 9, 0, 0);
    public static readonly TimeSpan FirstOutageEnd = new(3, 11, 30, 0);
    public static readonly TimeSpan SecondOutage = new(3, 20, 0, 0);
    public static readonly TimeSpan SecondOutageEnd = new(3, 21, 0, 0);

    public static readonly TimeSpan GoneFrom = new(5, 10, 0, 0);

    /// <summary>How long before the week's end a certificate ran out.</summary>
    public static readonly TimeSpan CertificateEnded = TimeSpan.FromHours(40);

    /// <summary>How long before the week's end the outage began that still lasts.</summary>
    public static readonly TimeSpan LastOutage = TimeSpan.FromMinutes(130);

    private static readonly TimeSpan RolledOut = new(5, 12, 0, 0);

    public static Climate Healthy(int milliseconds = 90) => moment => Answers.Accepted(moment, milliseconds);

    public static Climate Slow => moment => Answers.Accepted(moment, moment.IsWorkingHour ? 3_400 : 1_500);

    /// <summary>A server that falls over now and then, and takes the message the next time.</summary>
    public static Climate Flaky => moment =>
        !moment.Happens(0.08) ? Answers.Accepted(moment, 180)
        : moment.Happens(0.6) ? Answers.InternalError(moment)
        : moment.Happens(0.5) ? Answers.Reset(moment) : Answers.BadGateway(moment);

    /// <summary>Two outages on one day: what comes back so soon is the same incident.</summary>
    public static Climate Maintained => moment =>
        moment.IsBetween(FirstOutage, FirstOutageEnd) || moment.IsBetween(SecondOutage, SecondOutageEnd)
            ? Answers.Unavailable(moment) : Answers.Accepted(moment, 140);

    /// <summary>Down since a while ago, for the second time today.</summary>
    public static Climate DownNow => moment =>
        moment.Left <= LastOutage || (moment.Left > TimeSpan.FromHours(19) && moment.Left < TimeSpan.FromHours(22))
            ? Answers.Refused(moment) : Answers.Accepted(moment, 110);

    public static Climate Dead => moment => moment.Into < HostGone ? Answers.Accepted(moment, 120) : Answers.NoSuchHost(moment);

    public static Climate Gone => moment => moment.Into < GoneFrom ? Answers.Accepted(moment, 100) : Answers.Gone(moment);

    public static Climate BrokenTls => moment =>
        moment.Left > CertificateEnded ? Answers.Accepted(moment, 130) : Answers.CertificateExpired(moment);

    /// <summary>Takes no more than it likes while people are at work.</summary>
    public static Climate RateLimited => moment =>
        moment.Happens(moment.IsWorkingHour ? 0.3 : 0.02) ? Answers.TooMany(moment) : Answers.Accepted(moment, 70);

    /// <summary>Can't read some of what it gets. Sent again by a person after the mistake was mended, it mostly can.</summary>
    public static Climate Picky => moment =>
        moment.Fate < 0.06 && !(moment.IsReplay && moment.Happens(0.85)) ? Answers.Unprocessable(moment) : Answers.Accepted(moment, 160);

    /// <summary>Does not say in time whether it has the message.</summary>
    public static Climate Silent => moment =>
        moment.Fate < 0.035 && !moment.IsReplay ? Answers.TimedOut(moment) : Answers.Accepted(moment, 420);

    /// <summary>The same, until a new version was rolled out.</summary>
    public static Climate SilentOnce => moment =>
        moment.Fate < 0.06 && moment.Into < RolledOut && !moment.IsReplay ? Answers.TimedOut(moment) : Answers.Accepted(moment, 230);

    /// <summary>A ledger that will not book twice, and takes some entries never.</summary>
    public static Climate Conflicting => moment =>
        moment.Fate < 0.012 && !moment.IsReplay ? Answers.Conflict(moment) : Answers.Accepted(moment, 85);
}
