using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;

namespace Webhooks.Core.Tests.Lanes;

public sealed class FreshTurnsTests
{
    private static readonly EndpointId Lane = new(1);
    private static readonly EndpointId Other = new(2);

    [Theory]
    [InlineData(0.25, 1, new[] { 0, 0, 0, 1, 0, 0, 0, 1 })]
    [InlineData(0.5, 1, new[] { 0, 1, 0, 1 })]
    [InlineData(0.25, 2, new[] { 0, 1, 0, 1 })]
    [InlineData(0.25, 10, new[] { 2, 3, 2, 3 })]
    [InlineData(0.25, 64, new[] { 16, 16 })]
    [InlineData(0.9, 2, new[] { 1, 1, 1 })] // the oldest have one of each turn that has room for both
    [InlineData(0.0, 64, new[] { 0, 0 })]
    public void Of_TurnAfterTurn_HoldsTheShare(double share, int take, int[] fresh)
    {
        var turns = new FreshTurns(share);

        fresh.Select(_ => Take(turns, Lane, take)).ShouldBe(fresh);
    }

    [Fact]
    public void Of_SharesOfAlmostAll_OldestStillHaveTheirTurns()
    {
        var turns = new FreshTurns(0.9);

        Enumerable.Range(0, 100).Sum(_ => Take(turns, Lane, 1)).ShouldBeInRange(89, 91);
    }

    [Fact]
    public void Of_AskedTwice_ChangesNothing()
    {
        var turns = new FreshTurns(0.5);

        turns.Of(Lane, 1);
        turns.Of(Lane, 1);

        turns.Of(Lane, 1).ShouldBe(0);
    }

    [Fact]
    public void Of_AnotherLanesTurns_DoNotCount()
    {
        var turns = new FreshTurns(0.5);
        Take(turns, Lane, 1);

        turns.Of(Other, 1).ShouldBe(0);
        turns.Of(Lane, 1).ShouldBe(1);
    }

    [Fact]
    public void Forget_LaneIsOwedSome_StartsAnew()
    {
        var turns = new FreshTurns(0.5);
        Take(turns, Lane, 1);

        turns.Forget(Lane);

        turns.Of(Lane, 1).ShouldBe(0);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(63)]
    public void Of_SmallerTurn_GetsNoMore(int take)
    {
        var turns = new FreshTurns(0.7);
        Take(turns, Lane, 1);

        turns.Of(Lane, take).ShouldBeLessThanOrEqualTo(turns.Of(Lane, take + 1)); // so many are read as the larger one may take
    }

    private static int Take(FreshTurns turns, EndpointId lane, int take)
    {
        var fresh = turns.Of(lane, take);
        turns.Took(lane, take);
        return fresh;
    }
}
