using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Core.Polling;

namespace Webhooks.Core.Tests.Polling;

public sealed class LanePageTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Property]
    public void Cut_PageAfterPage_MeetsEachWantedRowOnceAndEnds(byte[] kinds, PositiveInt limit, PositiveInt scan, PositiveInt after)
    {
        var lane = kinds.Select((kind, index) => Row(index + 1, kind)).ToList();
        var filter = new PollFilter { EventTypes = ["a"], Channel = null, After = Start.AddSeconds(after.Get) };

        var met = Walk(lane, filter, limit.Get, scan.Get).ToList();

        met.ShouldBe(lane.Where(row => row.State is not DeliveryState.Filtered && filter.LetsThrough(row)));
    }

    [Fact]
    public void Cut_RowLargerThanAPage_GoesAlone()
    {
        var lane = Enumerable.Range(1, 3).Select(sequence => Row(sequence, 2) with { Bytes = 16 * 1024 * 1024 }).ToList();

        var page = LanePage.Cut(lane, 0, PollFilter.None, limit: 2, scan: 2);

        page.Rows.ShouldBe(lane.Take(1));
        (page.Position, page.IsDone).ShouldBe((1, false));
    }

    [Fact]
    public void Cut_EmptyLane_StaysWhereItIs()
    {
        var page = LanePage.Cut([], 41, PollFilter.None, limit: 2, scan: 2);

        (page.Rows.Count, page.Position, page.IsDone).ShouldBe((0, 41, true));
    }

    private static IEnumerable<LaneRow> Walk(List<LaneRow> lane, PollFilter filter, int limit, int scan)
    {
        var position = 0L;
        while (true)
        {
            var looked = lane.Where(row => row.Sequence > position).Take(scan + 1).ToList();
            var page = LanePage.Cut(looked, position, filter, limit, scan);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(limit);
            foreach (var row in page.Rows)
                yield return row;
            if (page.IsDone)
                yield break;

            page.Position.ShouldBeGreaterThan(position, "a page that is not the last must move on");
            position = page.Position;
        }
    }

    private static LaneRow Row(int sequence, byte kind) => new()
    {
        Sequence = sequence,
        State = kind % 5 == 0 ? DeliveryState.Filtered : DeliveryState.Delivered,
        ArrivedAt = Start.AddSeconds(sequence),
        MessageId = new MessageId((UInt128)sequence),
        EventId = null,
        EventType = kind % 2 == 0 ? "a" : "b",
        Channels = null,
        Timestamp = Start,
        Bytes = kind * 100_000,
    };
}
