using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Tests.Data.Ids;

public sealed class IdGeneratorTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly IdGenerator _ids;

    public IdGeneratorTests() => _ids = new(_clock);

    [Fact]
    public void New_ManyInOneMillisecond_Rise()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => _ids.New<MessageId>()).ToList();

        ids.ShouldBeUnique();
        ids.ShouldBeInOrder();
    }

    [Fact]
    public void New_ClockGoesOn_CarriesItsMillisecond()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(5));

        var id = _ids.New<MessageId>();

        ((long)(id.Value >> 80)).ShouldBe(_clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public void New_ClockStepsBack_StillRises()
    {
        var before = _ids.New<MessageId>();
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));

        var after = _ids.New<MessageId>();

        after.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task New_ManyThreads_NoIdTwice()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => _ids.New<MessageId>()).ToList())));

        ids.SelectMany(some => some).ShouldBeUnique();
    }
}
