using Webhooks.Core.Lanes;

namespace Webhooks.Core.Tests.Lanes;

public sealed class LaneTurnTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Pace NoPace = new(null, null);

    [Theory]
    [InlineData(10, 64, 10), InlineData(10, 3, 3), InlineData(0, 64, 0), InlineData(-2, 64, 0)]
    public void Take_FreeAndWanted_IsTheLesser(int free, int wanted, int take)
    {
        new LaneTurn(free, wanted, NoPace, NoPace, Now).Take.ShouldBe(take);
    }

    [Fact]
    public void Take_PacesOfEndpointAndApplication_IsTheLesser()
    {
        new LaneTurn(64, 64, new Pace(200, null), new Pace(50, null), Now).Take.ShouldBe(5);
        new LaneTurn(64, 64, new Pace(20, null), new Pace(50, null), Now).Take.ShouldBe(2);
    }

    [Theory]
    [InlineData(null, false), InlineData(0, true), InlineData(-1, true), InlineData(1, false)]
    public void Finish_FirstOneLeftBehind_SaysWhetherItIsDue(int? secondsFromNow, bool isDue)
    {
        var turn = new LaneTurn(10, 10, NoPace, NoPace, Now);

        turn.Finish(1, secondsFromNow is { } seconds ? Now.AddSeconds(seconds) : null);

        turn.MoreIsDue.ShouldBe(isDue);
    }

    [Fact]
    public void Finish_NothingLeft_SleepsUntilAnEvent()
    {
        var turn = Finished(free: 10, wanted: 10, taken: 3, nextDueAt: null);

        (turn.ReadyAt, turn.Saturated).ShouldBe((null, false));
    }

    [Fact]
    public void Finish_NextIsDueLater_IsReadyThen()
    {
        var turn = Finished(free: 10, wanted: 10, taken: 10, nextDueAt: Now.AddSeconds(5));

        (turn.ReadyAt, turn.Saturated).ShouldBe((Now.AddSeconds(5), false));
    }

    [Fact]
    public void Finish_LimitHoldsDueRowsBack_IsSaturated()
    {
        var turn = Finished(free: 10, wanted: 64, taken: 10, nextDueAt: Now);

        (turn.ReadyAt, turn.Saturated).ShouldBe((null, true));
    }

    [Fact]
    public void Finish_NodeWantedNoMore_IsReadyAtOnce()
    {
        var turn = Finished(free: 10, wanted: 4, taken: 4, nextDueAt: Now);

        (turn.ReadyAt, turn.Saturated).ShouldBe((Now, false));
    }

    [Fact]
    public void Finish_PacedByBoth_IsReadyWhenTheLaterAllows()
    {
        var turn = new LaneTurn(10, 10, new Pace(4, null), new Pace(2, null), Now);

        turn.Finish(1, Now);

        turn.ReadyAt.ShouldBe(Now.AddMilliseconds(500));
    }

    [Fact]
    public void Finish_Taken_BothPacesMoveOn()
    {
        var turn = new LaneTurn(10, 10, new Pace(4, null), new Pace(2, null), Now);

        turn.Finish(1, null);

        (turn.Endpoint.Until, turn.Application.Until).ShouldBe((Now.AddMilliseconds(250), Now.AddMilliseconds(500)));
    }

    private static LaneTurn Finished(int free, int wanted, int taken, DateTimeOffset? nextDueAt)
    {
        var turn = new LaneTurn(free, wanted, NoPace, NoPace, Now);
        turn.Finish(taken, nextDueAt);
        return turn;
    }
}
