using Webhooks.Core.Notifications;

namespace Webhooks.Core.Tests.Notifications;

public sealed class NotificationScheduleTests
{
    [Fact]
    public void WaitAfter_EachTry_DoublesUntilItIsGivenUp()
    {
        var waits = Enumerable.Range(1, 6).Select(attempts => NotificationSchedule.WaitAfter(attempts, TimeSpan.FromMinutes(10))?.TotalSeconds);

        waits.ShouldBe([40, 80, 160, 320, null, null]);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(600)]
    [InlineData(3_600)]
    public void WaitAfter_AllOfThem_MakeTheWholeTime(int seconds)
    {
        var whole = TimeSpan.FromSeconds(seconds);

        var waits = Enumerable.Range(1, NotificationSchedule.MaxAttempts).Select(attempts => NotificationSchedule.WaitAfter(attempts, whole) ?? TimeSpan.Zero);

        waits.Sum(wait => wait.TotalSeconds).ShouldBe(seconds, tolerance: 0.001);
    }
}
