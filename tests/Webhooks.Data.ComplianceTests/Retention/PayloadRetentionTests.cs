using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.Retention;

public abstract class PayloadRetentionTests(Store store) : RetentionTests(store)
{
    [Fact]
    public async Task Run_PeriodOver_RemovesThePayloadAndNothingElse()
    {
        await EndedAsync(await Given.EndpointAsync(), Answers.Ok);
        Clock.Advance(90 * Day);

        await RemovePayloadsAsync();

        (await CountAsync()).ShouldBe((1, 0, 1, 1));
    }

    [Fact]
    public async Task Run_MomentBeforeItsEnd_KeepsIt()
    {
        await EndedAsync(await Given.EndpointAsync(), Answers.Ok);
        Clock.Advance(90 * Day - Moment);

        await RemovePayloadsAsync();

        (await CountAsync()).ShouldBe((1, 1, 1, 1));
    }

    [Fact]
    public async Task Run_PeriodsThatPublishersAskedFor_GoByEach()
    {
        var application = (await Given.ApplicationAsync()).ToString();
        var short5 = new PublishRequest(application, "a", null, null, "{}"u8.ToArray(), 5 * Day, null, null);
        var results = await Writer.CommitAsync([short5, short5 with { PayloadRetention = 6 * Day }]);
        Clock.Advance(5 * Day);

        await RemovePayloadsAsync();

        (await Db.MessagePayloads.SingleAsync(Cancel)).MessageId.ShouldBe(results[1].MessageId);
    }

    [Fact]
    public async Task Run_DeliveryStillNeedsIt_KeepsIt()
    {
        var waiting = await Given.EndpointAsync(e => e.Disabled = true);
        await Given.MessagesAsync(waiting, 1);
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await ClaimAsync(); // is being sent
        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => e.Ordered = true), "a", "a");
        Clock.Advance(91 * Day);

        await RemovePayloadsAsync();

        (await CountAsync()).Payloads.ShouldBe(4);
    }

    [Fact]
    public async Task Run_SentAgainMeanwhile_KeepsIt()
    {
        var endpoint = await Given.EndpointAsync();
        var messages = await EndedAsync(endpoint, Answers.Ok, 2);
        Clock.Advance(90 * Day);

        await RemovePayloadsAsync(Hooked(_ => Given.ResendAsync(messages[0], endpoint)));

        (await Db.MessagePayloads.SingleAsync(Cancel)).MessageId.ShouldBe(messages[0]);
        (await ClaimAsync()).Deliveries.Single().PayloadGone.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_DeadLetter_GoesByThePublishersPeriod()
    {
        await EndedAsync(await WithoutRetriesAsync(), Answers.NotSent);
        Clock.Advance(90 * Day);

        await RemovePayloadsAsync();

        (await CountAsync()).ShouldBe((1, 0, 1, 1));
    }

    [Fact]
    public async Task Run_ManyBatches_RemovesAllOfThemAndCountsThem()
    {
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, 250);
        Clock.Advance(90 * Day);
        using var readings = new Readings(Meters);
        var left = new List<int>();

        await RemovePayloadsAsync(Hooked(async _ => left.Add(await Db.MessagePayloads.CountAsync(Cancel))));

        left.ShouldBe([250, 150, 50]);
        (await CountAsync()).Payloads.ShouldBe(0);
        readings["webhooks.retention.removed{what=payload}"].ShouldBe(250);
    }

    [Fact]
    public async Task Run_LargePayloads_RemovesFewOfThemAtOnce()
    {
        var application = await Given.ApplicationAsync();
        var large = new byte[3 * 1024 * 1024];
        for (var i = 0; i < 5; i++)
            await Writer.CommitAsync([Given.Event(application, payload: large)]);
        Clock.Advance(90 * Day);
        var left = new List<int>();

        await RemovePayloadsAsync(Hooked(async _ => left.Add(await Db.MessagePayloads.CountAsync(Cancel))));

        left.ShouldBe([5, 3, 1]);
        (await CountAsync()).Payloads.ShouldBe(0);
    }

    [Fact]
    public async Task Run_ManyThatMustStayBefore_ComesToTheOthers()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.Disabled = true), 150);
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, 10);
        Clock.Advance(90 * Day);

        await RemovePayloadsAsync();

        (await CountAsync()).Payloads.ShouldBe(150);
    }
}
