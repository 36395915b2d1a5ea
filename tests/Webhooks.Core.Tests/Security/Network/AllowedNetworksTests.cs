using Webhooks.Core.Deliveries;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Tests.Security.Network;

public sealed class AllowedNetworksTests
{
    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("127.0.0.1/32")]
    [InlineData("::1/128")]
    [InlineData("fd00:1::/32")]
    [InlineData("0.0.0.0/0")]
    public void Validate_Network_Succeeds(string entry) =>
        new AllowedNetworks().Validate(null, new DeliveryOptions { AllowedNetworks = [entry] }).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0")]
    [InlineData("10/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("fd00::1/8")]
    [InlineData("fe80::%1/10")]
    [InlineData("10.0.0.0/33")]
    [InlineData("localhost")]
    [InlineData(" 10.0.0.0/8")]
    public void Validate_AnythingElse_NamesTheKeyAndTheEntry(string entry)
    {
        var result = new AllowedNetworks().Validate(null, new DeliveryOptions { AllowedNetworks = ["10.0.0.0/8", entry] });

        result.Failures.ShouldHaveSingleItem().ShouldStartWith($"Webhooks:Delivery:AllowedNetworks: '{entry}' is not a network in CIDR form");
    }

    [Fact]
    public void Validate_SeveralBadEntries_TellsAllAtOnce() =>
        new AllowedNetworks().Validate(null, new DeliveryOptions { AllowedNetworks = ["a", "b"] }).Failures!.Count().ShouldBe(2);
}
