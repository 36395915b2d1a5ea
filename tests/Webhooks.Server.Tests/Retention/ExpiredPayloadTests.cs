using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Retention;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Retention;

/// <summary>What the API says of a message whose payload was not to be kept longer.</summary>
public sealed class ExpiredPayloadTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Message_PayloadsPeriodIsOver_IsShownWithoutItAndCannotBeSentAgain()
    {
        var app = await host.ApplicationAsync();
        var message = await host.MessageAsync(app, more: ",\"payloadRetentionPeriod\":5");
        var endpoint = await host.EndpointAsync(app);
        host.Clock.Advance(TimeSpan.FromDays(5));

        await RemovePayloadsAsync();

        (await host.Api.GetAsync($"/app/{app}/msg/{message}")).Expect(200).Text.ShouldContain("\"payload\":{\"expired\":true}");
        var resend = await host.Api.PostAsync($"/app/{app}/msg/{message}/endpoint/{endpoint}/resend");
        resend.Expect(400).Text.ShouldContain("missing_payload");
    }

    private async Task RemovePayloadsAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<PayloadRetention>(scope.ServiceProvider, new RetentionPlaces())
            .RunAsync(TestContext.Current.CancellationToken);
    }
}
