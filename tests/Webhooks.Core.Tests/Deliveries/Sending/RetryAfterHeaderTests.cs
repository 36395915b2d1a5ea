using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Tests.Deliveries.Sending;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 120\t", 120)]
    [InlineData("86400", 86_400)]
    [InlineData("86401", 86_400)]
    [InlineData("99999999999999999999", 86_400)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sunday, 01-Mar-26 12:00:30 GMT", 30)]
    [InlineData("Sun Mar  1 12:00:30 2026", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("Fri, 01 Mar 2030 12:00:00 GMT", 86_400)]
    public void Parse_EitherForm_IsClamped(string text, int seconds) =>
        RetryAfterHeader.Parse(text, Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    [InlineData("10, 20")]
    public void Parse_AnythingElse_IsNull(string? text) => RetryAfterHeader.Parse(text, Now).ShouldBeNull();
}
