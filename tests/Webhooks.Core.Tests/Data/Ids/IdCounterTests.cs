using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Tests.Data.Ids;

public sealed class IdCounterTests
{
    private static readonly UInt128 Limit = UInt128.One << 74;

    [Property]
    public bool Next_AnyClockAndRandom_RisesWithVersionAndVariant(NonNegativeInt[] clock, ulong seed)
    {
        var random = new Random((int)seed);
        var counter = new IdCounter(0, 0);
        foreach (var millisecond in clock)
        {
            var before = counter.ToId();
            counter = counter.Next(millisecond.Get, new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
            if (counter.ToId() <= before || ((counter.ToId() >> 76) & 0xf) != 7 || ((counter.ToId() >> 62) & 3) != 2)
                return false;
        }

        return true;
    }

    [Fact]
    public void Next_CounterIsUsedUp_BorrowsFromTheNextMillisecond()
    {
        var last = new IdCounter(1_000, Limit - 1);

        var next = last.Next(1_000, 41);

        next.ShouldBe(new IdCounter(1_001, 41));
        next.ToId().ShouldBeGreaterThan(last.ToId());
    }

    [Fact]
    public void Next_ClockReachesTheBorrowedMillisecond_GoesOnFromTheCounter()
    {
        var borrowed = new IdCounter(1_001, 41);

        borrowed.Next(1_001, 0).ShouldBe(new IdCounter(1_001, 42));
    }

    [Fact]
    public void Next_NewMillisecond_SeedLeavesTheHighestBitFree()
    {
        new IdCounter(1, 0).Next(2, UInt128.MaxValue).Counter.ShouldBe((UInt128.One << 73) - 1);
    }

    [Fact]
    public void ToId_KnownValues_HasTheLayoutOfTheRfc()
    {
        // RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F
        var counter = new IdCounter(0x017F22E279B0, ((UInt128)0xCC3 << 62) | 0x18C4DC0C0C07398F);

        counter.ToId().ShouldBe(new UInt128(0x017F22E279B07CC3, 0x98C4DC0C0C07398F));
    }
}
