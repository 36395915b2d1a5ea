using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Dashboard.Tests.Parts;

public sealed class TimedTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Pieces_TimesInASentence_StandApartFromTheWords() => TimedText.Pieces($"Since {Noon:u} until {Noon.AddHours(1):u}.")
        .ShouldBe([("Since ", Noon), (" until ", Noon.AddHours(1)), (".", null)]);

    [Theory]
    [InlineData("Nothing gets through.")]
    [InlineData("In the 13th month: 2026-13-01 12:00:00Z")]
    [InlineData("")]
    public void Pieces_NoTime_IsTheTextAsItWas(string text) => TimedText.Pieces(text).ShouldBe([(text, null)]);
}
