using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Retention;

/// <summary>Retention while events are accepted, claimed and recorded.</summary>
public abstract class RetentionBesideOthersTests(Store store) : RetentionTests(store)
{
    private const int Old = 400;
    private const int New = 60;

    [Fact]
    public async Task Run_HotPathIsBusy_NeitherFailsAndEachDoesAll()
    {
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(application, e => e.MaxInFlight = 500);
        await EndedAsync(endpoint, Answers.Ok, Old);
        Clock.Advance(90 * Day);

        await Task.WhenAll(
            Task.Run(() => PublishAsync(application), Cancel),
            Task.Run(DeliverAsync, Cancel),
            Task.Run(DeliverAsync, Cancel),
            Task.Run(() => RemoveAttemptsAsync(), Cancel),
            Task.Run(() => RemovePayloadsAsync(), Cancel),
            Task.Run(() => RemoveMessagesAsync(), Cancel));
        await DeliverAsync();

        (await CountAsync()).ShouldBe((New, New, New, New));
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Delivered, Cancel)).ShouldBe(New);
    }

    [Fact]
    public async Task Run_TwiceAtOnce_RemovesAllOnce()
    {
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, Old);
        Clock.Advance(90 * Day);

        await Task.WhenAll(Task.Run(() => RemoveMessagesAsync(), Cancel), Task.Run(() => RemoveMessagesAsync(), Cancel));

        (await CountAsync()).ShouldBe((0, 0, 0, 0));
    }

    private async Task PublishAsync(ApplicationId application)
    {
        for (var i = 0; i < New; i++)
            await Given.MessageAsync(application);
    }

    private async Task DeliverAsync()
    {
        for (var looks = 0; looks < New; looks++)
            await RecordAsync(Answers.Ok, (await ClaimAsync(5)).Deliveries);
    }
}
