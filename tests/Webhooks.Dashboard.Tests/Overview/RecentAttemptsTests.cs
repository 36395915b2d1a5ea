using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Overview;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Dashboard.Tests.Overview;

public sealed class RecentAttemptsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_Nothing_HasNoFigures()
    {
        var recent = RecentAttempts.Of([]);

        (recent.Count, recent.Since, recent.SuccessRate, recent.Latency).ShouldBe((0, null, null, null));
    }

    [Fact]
    public void Of_RetriesAndFailures_CountForTheRateOnly()
    {
        var recent = RecentAttempts.Of(
        [
            new(AttemptOutcome.Delivered, IsFirst: true, Now, 30_000, Now - TimeSpan.FromMilliseconds(20)),
            new(AttemptOutcome.Delivered, IsFirst: false, Now, 10_000, Now - TimeSpan.FromHours(1)),
            new(AttemptOutcome.Rejected, IsFirst: true, Now - TimeSpan.FromMinutes(1), 10_000, Now - TimeSpan.FromMinutes(1)),
            new(AttemptOutcome.Delivered, IsFirst: true, Now, 10_000, AcceptedAt: null),
        ]);

        (recent.SuccessRate, recent.Since).ShouldBe((0.75, Now - TimeSpan.FromMinutes(1)));
        recent.Latency.ShouldBe(Milliseconds(50, 50, 50));
    }

    [Fact]
    public void PercentilesOf_Hundred_AreTheirRanks()
    {
        var percentiles = Percentiles.Of([.. Enumerable.Range(1, 100).Reverse().Select(n => TimeSpan.FromMilliseconds(n))]);

        percentiles.ShouldBe(Milliseconds(50, 95, 99));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(100, 100)]
    [InlineData(101, 200)]
    [InlineData(7_654, 8_000)]
    public void ChartScaleTop_IsRoundAndNotBelow(long most, long top) => ChartScale.Top(most).ShouldBe(top);

    private static Percentiles Milliseconds(int p50, int p95, int p99) =>
        new(TimeSpan.FromMilliseconds(p50), TimeSpan.FromMilliseconds(p95), TimeSpan.FromMilliseconds(p99));
}
