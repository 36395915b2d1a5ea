using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Tests.Deliveries.Sending;

public sealed class SendingServicesTests
{
    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task AddSending_Environment_OpensLoopbackInDevelopmentOnly(string environment, bool isOpen)
    {
        await using var services = Build(environment, []);

        services.GetRequiredService<DeliverySender>().ShouldNotBeNull();
        services.GetRequiredService<NetworkPolicy>().FindBlock(IPAddress.Loopback).ShouldBe(isOpen ? null : SpecialPurposeIPv4.Ranges[3]);
    }

    [Fact]
    public async Task AddSending_BadNetwork_FailsByTheOptions()
    {
        await using var services = Build("Production", ["10.0.0.0"]);

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<DeliverySender>()).Message.ShouldContain("AllowedNetworks");
    }

    private static ServiceProvider Build(string environment, string[] opened)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSecrets()
            .AddSending()
            .AddLogging();
        if (opened.Length > 0)
            builder.Configuration["Webhooks:Delivery:AllowedNetworks:0"] = opened[0];
        builder.Services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section);
        return builder.Services.BuildServiceProvider();
    }
}
