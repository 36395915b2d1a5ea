namespace Webhooks.Protocol.Tests;

public sealed class WebhookTimestampTests
{
    [Fact]
    public void Format_TimeWithFraction_CutsItOff()
    {
        WebhookTimestamp.Format(Vector.SignedAt.AddMilliseconds(999)).ShouldBe(Vector.Timestamp);
    }

    [Fact]
    public void TryParse_Digits_IsTheTime()
    {
        WebhookTimestamp.TryParse(Vector.Timestamp, out var timestamp).ShouldBeTrue();

        timestamp.ShouldBe(Vector.SignedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.5")]
    [InlineData("1,614,265,330")]
    [InlineData("2021-02-25T15:02:10Z")]
    [InlineData("253402300800")] // the year 10000
    [InlineData("99999999999999999999")]
    [InlineData("١٦١٤٢٦٥٣٣٠")]
    public void TryParse_AnythingElse_Fails(string text)
    {
        WebhookTimestamp.TryParse(text, out _).ShouldBeFalse();
    }
}
