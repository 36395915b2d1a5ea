using Webhooks.Core.Ledger;

namespace Webhooks.Core.Tests.Ledger;

public sealed class LedgerChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 2, 0, 0, TimeSpan.Zero);

    private readonly LedgerSeal _first = LedgerChain.Seal(null, Statement("2026-01-29", 7), Now);

    [Fact]
    public void Seal_FirstDay_FollowsZeros()
    {
        _first.PreviousHash.ShouldBe(new byte[32]);
        _first.Hash.ShouldBe(LedgerChain.Hash(new byte[32], _first.Statement));
        LedgerChain.FindFault(null, _first).ShouldBeNull();
    }

    [Fact]
    public void Seal_NextDay_FollowsTheOneBefore()
    {
        var second = LedgerChain.Seal(_first, Statement("2026-01-30", 7), Now);

        second.PreviousHash.ShouldBe(_first.Hash);
        LedgerChain.FindFault(_first, second).ShouldBeNull();
    }

    [Fact]
    public void FindFault_OtherStatementUnderTheSameHash_IsFound()
    {
        var changed = new LedgerSeal
        {
            Day = _first.Day, Statement = Statement("2026-01-29", 8).ToJson(), PreviousHash = _first.PreviousHash, Hash = _first.Hash, SealedAt = Now,
        };

        LedgerChain.FindFault(null, changed).ShouldBe("2026-01-29: the statement is not the one that was sealed.");
    }

    [Fact]
    public void FindFault_DayBeforeWasSealedAnew_IsFound()
    {
        var second = LedgerChain.Seal(_first, Statement("2026-01-30", 7), Now);
        var forged = LedgerChain.Seal(null, Statement("2026-01-29", 8), Now);

        LedgerChain.FindFault(forged, second).ShouldStartWith("2026-01-30: the seal does not follow the one before it");
    }

    [Fact]
    public void FindFault_DayWasLeftOut_IsFound()
    {
        var third = LedgerChain.Seal(_first, Statement("2026-01-31", 7), Now);

        LedgerChain.FindFault(_first, third).ShouldBe("2026-01-31: days between 2026-01-29 and this one are missing.");
    }

    private static LedgerStatement Statement(string day, long accepted) => new()
    {
        Day = day, Entries = 1, Accepted = accepted, Filtered = 0, EntriesDigest = "00", Settled = 0, SettledCounts = new(), SettledDigest = "00",
    };
}
