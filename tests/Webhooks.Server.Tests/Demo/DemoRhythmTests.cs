using Webhooks.Server.Demo;

namespace Webhooks.Server.Tests.Demo;

public sealed class DemoRhythmTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 1, 28, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Noon_IsManyTimesTheNight() =>
        DemoRhythm.Of(Wednesday.AddHours(13)).ShouldBeGreaterThan(5 * DemoRhythm.Of(Wednesday.AddHours(3)));

    [Fact]
    public void Of_Sunday_IsLessThanWednesday() =>
        DemoRhythm.Of(Wednesday.AddDays(4).AddHours(13)).ShouldBeLessThan(DemoRhythm.Of(Wednesday.AddHours(13)));

    [Fact]
    public void Scatter_OfASeed_IsTheSameEachTimeInOrderAndWithinTheTime()
    {
        var times = DemoRhythm.Scatter(500, Wednesday, Wednesday.AddDays(7), new Random(7));

        times.Count.ShouldBe(500);
        times.ShouldBe(times.Order());
        times.ShouldAllBe(time => time >= Wednesday && time <= Wednesday.AddDays(7));
        DemoRhythm.Scatter(500, Wednesday, Wednesday.AddDays(7), new Random(7)).ShouldBe(times);
    }

    [Fact]
    public void Scatter_Week_FollowsTheDay()
    {
        var times = DemoRhythm.Scatter(2_000, Wednesday, Wednesday.AddDays(7), new Random(7));

        times.Count(time => time.Hour is >= 11 and < 15).ShouldBeGreaterThan(3 * times.Count(time => time.Hour is >= 1 and < 5));
    }
}
