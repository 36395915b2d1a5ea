using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Tests.Http.Bodies;

public sealed class TextRuleTests
{
    private static readonly TextRule Words = new(1, 20, IsForPeople: true);

    [Theory]
    [InlineData(" ")]
    [InlineData(" \t\r\n")]
    [InlineData("\u00a0\u3000")]
    [InlineData("\u200b\u200d\ufeff\u2066")]
    [InlineData("\u0001\u007f")]
    public void FindFault_NothingToBeSeen_IsRefusedWherePeopleReadIt(string text)
    {
        Words.FindFault(text).ShouldBe("Must have a visible character.");
        new TextRule(1, 20).FindFault(text).ShouldBeNull();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("  a")]
    [InlineData("済")]
    [InlineData("👍")]
    public void FindFault_SomethingToBeSeen_IsTaken(string text) => Words.FindFault(text).ShouldBeNull();
}
