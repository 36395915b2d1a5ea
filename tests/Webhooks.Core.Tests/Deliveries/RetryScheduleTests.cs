using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Tests.Deliveries;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Default_Always_IsTenAttemptsOverAboutSeventyFiveHours()
    {
        RetrySchedule.Default.Count.ShouldBe(9);
        RetrySchedule.Default.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait).TotalHours.ShouldBeInRange(75, 76);
    }

    [Theory]
    [InlineData(1, 0.5, 5), InlineData(1, 0, 4), InlineData(1, 1, 6), InlineData(2, 0.5, 300)]
    public void Next_FailuresAndJitter_GiveTheWait(int failures, double jitter, int seconds)
    {
        RetrySchedule.Next(RetrySchedule.Default, failures, jitter).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Next_ScheduleIsUsedUp_IsNull()
    {
        RetrySchedule.Next(RetrySchedule.Default, 10, 0.5).ShouldBeNull();
        RetrySchedule.Next([], 1, 0.5).ShouldBeNull();
    }

    [Property]
    public bool Next_AnyJitter_StaysWithinAFifthEitherWay(PositiveInt seconds, byte jitter)
    {
        var wait = TimeSpan.FromSeconds(seconds.Get);

        var next = RetrySchedule.Next([wait], 1, jitter / 255.0)!.Value;

        return next >= wait * 0.799999 && next <= wait * 1.200001;
    }
}
