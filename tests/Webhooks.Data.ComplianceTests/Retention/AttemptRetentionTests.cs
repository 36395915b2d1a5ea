using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.Retention;

public abstract class AttemptRetentionTests(Store store) : RetentionTests(store)
{
    [Fact]
    public async Task Run_DeliveryFinishedAPeriodAgo_RemovesItsAttemptsAndNothingElse()
    {
        await EndedAsync(await Given.EndpointAsync(), Answers.Ok);
        Clock.Advance(Periods.Attempts);

        await RemoveAttemptsAsync();

        (await CountAsync()).ShouldBe((1, 1, 1, 0));
    }

    [Fact]
    public async Task Run_MomentBeforeItsEnd_KeepsThem()
    {
        await EndedAsync(await Given.EndpointAsync(), Answers.Ok);
        Clock.Advance(Periods.Attempts - Moment);

        await RemoveAttemptsAsync();

        (await CountAsync()).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Run_EarlierAttemptsOfADeliveryThatFinishedLater_GoWithIt()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = [5 * Day]);
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);
        Clock.Advance(6 * Day);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        Clock.Advance(Periods.Attempts - Moment);
        await RemoveAttemptsAsync();
        var before = (await CountAsync()).Attempts;
        Clock.Advance(Moment);
        await RemoveAttemptsAsync();

        before.ShouldBe(2);
        (await CountAsync()).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Run_NotFinished_KeepsThem()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);
        Clock.Advance(1_000 * Day);

        await RemoveAttemptsAsync();

        (await CountAsync()).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Run_DeadLetter_KeepsWhatTellsWhy()
    {
        await EndedAsync(await WithoutRetriesAsync(), Answers.NotSent);
        Clock.Advance(1_000 * Day);

        await RemoveAttemptsAsync();

        (await CountAsync()).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Run_ManyBatches_RemovesAllOfThemAndCountsThem()
    {
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, 1_100);
        Clock.Advance(Periods.Attempts);
        using var readings = new Readings(Meters);
        var left = new List<int>();

        await RemoveAttemptsAsync(Hooked(async _ => left.Add(await Db.Attempts.CountAsync(Cancel))));

        left.ShouldBe([1_100, 600, 100]);
        (await CountAsync()).ShouldBe((1_100, 1_100, 1_100, 0));
        readings["webhooks.retention.removed{what=attempt}"].ShouldBe(1_100);
    }
}
