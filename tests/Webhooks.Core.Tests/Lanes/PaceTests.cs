using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Lanes;

namespace Webhooks.Core.Tests.Lanes;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Allowed_NoRate_IsUnlimited()
    {
        new Pace(null, Now.AddHours(1)).Allowed(Now).ShouldBe(int.MaxValue);
    }

    [Theory]
    [InlineData(1, 1), InlineData(5, 1), InlineData(10, 1), InlineData(20, 2), InlineData(100, 10), InlineData(10_000, 1_000)]
    public void Allowed_NothingSentYet_IsATenthOfASecondsWorthOrOne(int rate, int burst)
    {
        new Pace(rate, null).Allowed(Now).ShouldBe(burst);
    }

    [Theory]
    [InlineData(null, null, null), InlineData(null, 5, 5), InlineData(5, null, 5), InlineData(5, 3, 3), InlineData(3, 5, 3)]
    public void AtMost_AnotherRate_IsTheSlowerOfTheTwo(int? rate, int? other, int? expected)
    {
        new Pace(rate, Now).AtMost(other).ShouldBe(new Pace(expected, Now));
    }

    [Fact]
    public void Allowed_BurstIsUsed_IsZero()
    {
        new Pace(100, null).After(10, Now).Allowed(Now).ShouldBe(0);
    }

    [Fact]
    public void After_NothingSent_IsUnchanged()
    {
        var pace = new Pace(10, Now.AddSeconds(-5));

        pace.After(0, Now).ShouldBe(pace);
    }

    [Fact]
    public void After_NoRate_RemembersWhen()
    {
        new Pace(null, null).After(3, Now).Until.ShouldBe(Now);
    }

    [Fact]
    public void Allowed_LongIdle_IsNoMoreThanTheBurst()
    {
        new Pace(100, Now.AddDays(-1)).Allowed(Now).ShouldBe(10);
    }

    [Fact]
    public void Allowed_ClockSteppedBack_IsZero()
    {
        new Pace(100, Now.AddHours(1)).Allowed(Now).ShouldBe(0);
    }

    [Property]
    public bool NextAt_AnyRate_IsTheFirstMicrosecondThatAllowsOne(PositiveInt anyRate, PositiveInt sent)
    {
        var pace = new Pace(Rate(anyRate), null).After(sent.Get, Now);
        var next = pace.NextAt(Now);

        return pace.Allowed(next) > 0 && (next == Now || pace.Allowed(next.AddMicroseconds(-1)) == 0);
    }

    [Property]
    public bool Allowed_AnyTimesAndRate_NeverMoreThanRateAndBurstInAnyWindow(PositiveInt anyRate, NonEmptyArray<NonNegativeInt> waits)
    {
        var rate = Rate(anyRate);
        var pace = new Pace(rate, null);
        var now = Now;
        var sent = new List<(DateTimeOffset At, int Count)>();
        foreach (var wait in waits.Get)
        {
            now = now.AddMicroseconds(wait.Get * 997);
            sent.Add((now, pace.Allowed(now)));
            pace = pace.After(sent[^1].Count, now);
        }

        var burst = Math.Max(1, rate / 10.0);
        return sent.Select((first, i) => sent.Skip(i).All(last =>
            sent.Where(s => s.At >= first.At && s.At <= last.At).Sum(s => s.Count) <= rate * (last.At - first.At).TotalSeconds + burst + 1e-9))
            .All(holds => holds);
    }

    [Property]
    public bool NextAt_SentWheneverAllowed_RateIsUsedUp(PositiveInt anyRate)
    {
        var rate = Rate(anyRate);
        var pace = new Pace(rate, null);
        var (now, sent) = (Now, 0);
        while (now < Now.AddSeconds(3))
        {
            sent += pace.Allowed(now);
            pace = pace.After(pace.Allowed(now), now);
            now = pace.NextAt(now);
        }

        return sent >= 3 * rate * 0.99 - 1;
    }

    private static int Rate(PositiveInt any) => any.Get % 2_000 + 1;
}
