namespace Webhooks.Core.Lanes;

/// <summary>What one claim does with one ready lane: how many it may take, and when the lane is looked at next.</summary>
internal sealed class LaneTurn
{
    private readonly DateTimeOffset _now;
    private readonly int _free;

    /// <param name="free">How many attempts the lane's in-flight limit still allows.</param>
    /// <param name="wanted">How many the claim would still take.</param>
    public LaneTurn(int free, int wanted, Pace endpoint, Pace application, DateTimeOffset now)
    {
        (_now, _free, Endpoint, Application) = (now, free, endpoint, application);
        Take = Math.Max(0, Math.Min(Math.Min(free, wanted), Math.Min(endpoint.Allowed(now), application.Allowed(now))));
    }

    public int Take { get; }
    public Pace Endpoint { get; private set; }
    public Pace Application { get; private set; }

    /// <summary>When the lane is ready next; null when only an event can make it so.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    /// <summary>Due deliveries are left behind.</summary>
    public bool MoreIsDue { get; private set; }

    /// <summary>The in-flight limit holds due deliveries back: the next finished attempt makes the lane ready.</summary>
    public bool Saturated { get; private set; }

    /// <param name="taken">How many deliveries were leased.</param>
    /// <param name="nextDueAt">The due time of the first delivery left behind; null when none waits.</param>
    public void Finish(int taken, DateTimeOffset? nextDueAt)
    {
        Endpoint = Endpoint.After(taken, _now);
        Application = Application.After(taken, _now);

        MoreIsDue = nextDueAt <= _now;
        Saturated = MoreIsDue && taken >= _free;
        ReadyAt = Saturated ? null : MoreIsDue ? Later(Endpoint.NextAt(_now), Application.NextAt(_now)) : nextDueAt;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
