using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Tests.Outbox;

/// <summary>A commit whose answer got lost: what was found on record says which try's answer is true.</summary>
public sealed class OutboxTriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageId First = new(1);
    private static readonly MessageId Second = new(2);
    private static readonly PublishResult[] Both = [new(PublishStatus.Accepted, First, Now), new(PublishStatus.Accepted, Second, Now)];
    private static readonly PublishResult[] One = [new(PublishStatus.Accepted, First, Now), new(PublishStatus.EventIdTaken)];

    private readonly OutboxTries _tries = new([], [First, Second], Now);

    [Fact]
    public void AnyInDoubt_NoTryCameToItsCommit_IsFalse() => _tries.AnyInDoubt.ShouldBeFalse();

    [Fact]
    public void ResultsOf_NothingFound_IsNull()
    {
        _tries.Commits(Rows(First, Second), Both);

        _tries.AnyInDoubt.ShouldBeTrue();
        _tries.ResultsOf([]).ShouldBeNull();
    }

    [Fact]
    public void ResultsOf_SeveralTries_IsThatOfTheOneThatWroteWhatIsFound()
    {
        _tries.Commits(Rows(First, Second), Both);
        _tries.Commits(Rows(First), One);

        _tries.ResultsOf([Second, First]).ShouldBe(Both);
        _tries.ResultsOf([First]).ShouldBe(One);
    }

    private static OutboxRows Rows(params MessageId[] ids) => new([.. ids.Select(MessageOf)], [], [], [], []);

    private static Message MessageOf(MessageId id) =>
        new() { Id = id, ApplicationId = new(3), EventType = "a", CreatedAt = Now };
}
