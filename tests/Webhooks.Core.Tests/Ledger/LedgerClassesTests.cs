using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;

namespace Webhooks.Core.Tests.Ledger;

public sealed class LedgerClassesTests
{
    public static TheoryData<int, int?, string> Classes => new()
    {
        { (int)DeliveryState.Delivered, null, nameof(LedgerCounts.Delivered) },
        { (int)DeliveryState.Waiting, null, nameof(LedgerCounts.Waiting) },
        { (int)DeliveryState.Queued, null, nameof(LedgerCounts.Waiting) },
        { (int)DeliveryState.Sending, null, nameof(LedgerCounts.Sending) },
        { (int)DeliveryState.Held, (int)DeadLetterState.Open, nameof(LedgerCounts.Held) },
        { (int)DeliveryState.Held, (int)DeadLetterState.Acknowledged, nameof(LedgerCounts.Held) },
        { (int)DeliveryState.Dead, (int)DeadLetterState.Open, nameof(LedgerCounts.DeadUnacknowledged) },
        { (int)DeliveryState.Dead, (int)DeadLetterState.Acknowledged, nameof(LedgerCounts.DeadAcknowledged) },
        { (int)DeliveryState.Dead, (int)DeadLetterState.Replayed, nameof(LedgerCounts.Replayed) },
        { (int)DeliveryState.Dead, (int)DeadLetterState.Discarded, nameof(LedgerCounts.Discarded) },
        { (int)DeliveryState.Canceled, (int)DeadLetterState.Replayed, nameof(LedgerCounts.Replayed) },
        { (int)DeliveryState.Canceled, (int)DeadLetterState.Discarded, nameof(LedgerCounts.Discarded) },
        { (int)DeliveryState.Canceled, null, nameof(LedgerCounts.Canceled) },
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public void Sum_AnyStateInItsOrder_IsInOneColumn(int state, int? decision, string column)
    {
        var counts = LedgerClasses.Sum([new((DeliveryState)state, (DeadLetterState?)decision, IsReplay: false, 7)]);

        typeof(LedgerCounts).GetProperty(column)!.GetValue(counts).ShouldBe(7);
        (counts.Total, counts.Replays).ShouldBe((7, 0));
    }

    [Theory]
    [InlineData((int)DeliveryState.Dead)]
    [InlineData((int)DeliveryState.Held)]
    public void Sum_ForAPersonWithoutADeadLetter_IsInNoColumn(int state) =>
        LedgerClasses.Sum([new((DeliveryState)state, null, IsReplay: false, 7)]).Total.ShouldBe(0);

    [Fact]
    public void Sum_EveryState_IsThoughtOf()
    {
        var states = Enum.GetValues<DeliveryState>().Where(state => state != DeliveryState.Filtered);

        Classes.Select(row => (DeliveryState)row.Data.Item1).Distinct().ShouldBe(states, ignoreOrder: true);
    }

    [Fact]
    public void Sum_Replays_AreCountedBesideTheirState() =>
        LedgerClasses.Sum([new(DeliveryState.Delivered, null, IsReplay: true, 2), new(DeliveryState.Delivered, null, IsReplay: false, 3)])
            .ShouldBe(new LedgerCounts { Delivered = 5, Replays = 2 });

    [Fact]
    public void Archived_SomeEndedSince_KeepsTheOldCountsAndSaysHowManyEnded()
    {
        var before = new LedgerCounts { Delivered = 5, DeadUnacknowledged = 3, DuplicatesPossible = 1 };

        var counts = LedgerClasses.Archived(before, new LedgerCounts { DeadAcknowledged = 1 }, total: 8);

        counts.ShouldBe(new LedgerCounts { Delivered = 5, DeadAcknowledged = 1, EndedLater = 2, DuplicatesPossible = 1 });
        counts.Total.ShouldBe(8);
    }
}
