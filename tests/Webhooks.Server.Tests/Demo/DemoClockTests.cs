using Webhooks.Server.Demo;

namespace Webhooks.Server.Tests.Demo;

public sealed class DemoClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void MoveTo_TimeThatIsOver_ChangesNothing()
    {
        var clock = new DemoClock(Start);

        clock.MoveTo(Start.AddHours(1));
        clock.MoveTo(Start);

        clock.GetUtcNow().ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public void MoveBy_Timestamps_GoWithTheTime()
    {
        var clock = new DemoClock(Start);
        var before = clock.GetTimestamp();

        clock.MoveBy(TimeSpan.FromSeconds(90));

        clock.GetElapsedTime(before).ShouldBe(TimeSpan.FromSeconds(90));
    }
}
