using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Tests.Data.Ids;

public sealed class IdTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FirstAndLast_OfAMillisecond_EncloseItsIds()
    {
        var id = new IdGenerator(new FakeTimeProvider(Now)).New<MessageId>();

        (IdTime.FirstOf<MessageId>(Now) <= id && id <= IdTime.LastOf<MessageId>(Now)).ShouldBeTrue();
        (IdTime.LastOf<MessageId>(Now.AddMilliseconds(-1)) < id && id < IdTime.FirstOf<MessageId>(Now.AddMilliseconds(1))).ShouldBeTrue();
    }

    [Fact]
    public void FirstAndLast_TimesAtTheEnds_AreNoFault()
    {
        IdTime.FirstOf<MessageId>(DateTimeOffset.MinValue).Value.ShouldBe(UInt128.Zero);
        (IdTime.FirstOf<MessageId>(DateTimeOffset.MaxValue) < IdTime.LastOf<MessageId>(DateTimeOffset.MaxValue)).ShouldBeTrue();
        IdTime.Before(DateTimeOffset.MinValue.AddDays(1), TimeSpan.FromDays(2)).ShouldBe(DateTimeOffset.MinValue);
    }
}
