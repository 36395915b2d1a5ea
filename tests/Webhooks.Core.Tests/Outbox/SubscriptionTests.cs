using Webhooks.Core.Endpoints;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Tests.Outbox;

public sealed class SubscriptionTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("a", true)]
    [InlineData("b a", true)]
    [InlineData("b", false)]
    [InlineData("A", false)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    public void Matches_EventTypes_AllOrNamed(string? wanted, bool matches)
    {
        new Subscription(new EndpointId(1), Split(wanted), null, 0).Matches("a", null).ShouldBe(matches);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "a", true)]
    [InlineData("a", null, false)]
    [InlineData("a", "", false)]
    [InlineData("a", "b", false)]
    [InlineData("a", "A", false)]
    [InlineData("a", "a", true)]
    [InlineData("a b", "c b", true)]
    public void Matches_Channels_AllOrOneInCommon(string? wanted, string? channels, bool matches)
    {
        new Subscription(new EndpointId(1), null, Split(wanted), 0).Matches("a", Split(channels)).ShouldBe(matches);
    }

    [Fact]
    public void Matches_TypeFitsAndChannelDoesNot_IsFalse()
    {
        new Subscription(new EndpointId(1), ["a"], ["x"], 0).Matches("a", ["y"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, "a", null), InlineData(false, null, null), InlineData(true, "a", "a"), InlineData(true, null, "")]
    public void OrderingKeyOf_EndpointAsksForOrder_IsTheMessagesKeyOrTheSharedOne(bool ordered, string? messageKey, string? key)
    {
        var subscription = new Subscription(new EndpointId(1), null, null, 0) { Ordered = ordered };

        subscription.OrderingKeyOf(messageKey).ShouldBe(key);
    }

    private static string[]? Split(string? words) => words?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
