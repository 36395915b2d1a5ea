using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Tests.Notifications;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("  two\r\n\tlines  ", "two lines")]
    [InlineData("a\u0000b\u001Bc", "a b c")]
    [InlineData("right\u202Etfel\u2066\u200Bz", "righttfelz")]
    [InlineData("1234567890", "1234567890")]
    [InlineData("12345678901", "123456789…")]
    [InlineData("12345678😀x", "12345678…")]
    [InlineData("", "")]
    public void Of_AnyText_IsOneVisibleLineOfBoundedLength(string text, string expected) => OneLine.Of(text, 10).ShouldBe(expected);

    [Fact]
    public void Of_HalfAPair_IsNotKept() => OneLine.Of("a\ud800b", 10).ShouldBe("a\ufffdb");
}
