using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Dashboard.Tests.Parts;

public sealed class AddressPartsTests
{
    [Fact]
    public void Of_AUrl_EndsAfterSlashesAndBeforeDots() =>
        AddressParts.Of("https://erp.tannenhof.example/hooks/orders").ShouldBe(["https://erp", ".tannenhof", ".example/", "hooks/", "orders"]);

    [Theory]
    [InlineData("orders")]
    [InlineData("")]
    public void Of_NoPlaceInIt_IsOnePiece(string text) => AddressParts.Of(text).ShouldBe([text]);
}
