using Webhooks.Server.Dashboard.Shell;

namespace Webhooks.Dashboard.Tests.Shell;

public sealed class SpansTests
{
    [Theory]
    [InlineData("03:59:58", "4 h")]
    [InlineData("03:29:59", "3 h")]
    [InlineData("00:00:59.8", "1 min")]
    [InlineData("00:00:27.2", "27 s")]
    [InlineData("6.23:59:00", "7 d")]
    public void Nearest_OfALength_IsTheNearestNumberOfItsUnit(string span, string text) =>
        Spans.Nearest(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(text);
}
