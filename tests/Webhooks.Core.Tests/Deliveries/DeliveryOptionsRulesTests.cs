using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Tests.Deliveries;

public sealed class DeliveryOptionsRulesTests
{
    [Theory]
    [InlineData(12, 1), InlineData(60, 25), InlineData(61, 25.5), InlineData(130, 60), InlineData(600, 60)]
    public void LongestAttemptTimeout_Lease_HasRoomForTwoAndAMargin(int lease, double longest)
    {
        new DeliveryOptions { Lease = TimeSpan.FromSeconds(lease) }.LongestAttemptTimeout.ShouldBe(TimeSpan.FromSeconds(longest));
    }

    [Theory]
    [InlineData(40, true), InlineData(39, false)]
    public void Validate_LeaseBesideTheTimeout_MustFitTwoAndAMargin(int lease, bool isValid)
    {
        var options = new DeliveryOptions { AttemptTimeout = TimeSpan.FromSeconds(15), Lease = TimeSpan.FromSeconds(lease) };

        new DeliveryOptionsRules().Validate(null, options).Succeeded.ShouldBe(isValid);
    }
}
