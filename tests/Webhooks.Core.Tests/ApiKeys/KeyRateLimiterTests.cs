using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.ApiKeys;

namespace Webhooks.Core.Tests.ApiKeys;

public sealed class KeyRateLimiterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Acquire_AtOnce_GrantsASecondsWorth(int rate)
    {
        using var limiter = new KeyRateLimiter(rate, _clock);

        CountGranted(limiter, rate + 10).ShouldBe(rate);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Acquire_SteadilyOverManySeconds_GrantsTheRate(int rate)
    {
        using var limiter = new KeyRateLimiter(rate, _clock);
        CountGranted(limiter, rate).ShouldBe(rate);

        var granted = 0;
        for (var tenth = 0; tenth < 600; tenth++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            granted += CountGranted(limiter, rate);
        }

        granted.ShouldBeInRange((60 * rate) - 1 - (rate / 100), (60 * rate) + 1);
    }

    [Fact]
    public void Acquire_Refused_SaysWhenTheNextIsGranted()
    {
        using var limiter = new KeyRateLimiter(4, _clock);
        CountGranted(limiter, 4);

        using var refused = limiter.AttemptAcquire();

        refused.TryGetMetadata(MetadataName.RetryAfter, out var wait).ShouldBeTrue();
        wait.ShouldBe(TimeSpan.FromMilliseconds(250));
        _clock.Advance(wait);
        CountGranted(limiter, 2).ShouldBe(1);
    }

    [Fact]
    public void IdleDuration_UntilTheBucketIsFullAgain_IsNull()
    {
        using var limiter = new KeyRateLimiter(2, _clock);
        CountGranted(limiter, 2);

        limiter.IdleDuration.ShouldBeNull("a new limiter in its place would grant more");
        _clock.Advance(TimeSpan.FromSeconds(11));
        limiter.IdleDuration.ShouldBe(TimeSpan.FromSeconds(10));
    }

    private static int CountGranted(KeyRateLimiter limiter, int tries)
    {
        var granted = 0;
        for (var i = 0; i < tries; i++)
        {
            using var lease = limiter.AttemptAcquire();
            granted += lease.IsAcquired ? 1 : 0;
        }

        return granted;
    }
}
