using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.OperationalWebhooks;

/// <summary>Commit 3: what it writes down for operational webhooks.</summary>
public abstract class RecordedEventsTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Record_FourthFailure_IsFailing()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync(e => e.Uid = "orders");

        await FailAsync(endpoint, 3);
        (await EventsAsync()).ShouldBeEmpty();
        await FailAsync(endpoint, 2, publish: false);

        var told = (await EventsAsync()).ShouldHaveSingleItem();
        var fourth = await Db.Attempts.SingleAsync(a => a.Number == 4, Cancel);
        (told.Type, told.EndpointId, told.EndpointUid, told.MessageId, told.AttemptId)
            .ShouldBe((OperationalEventType.AttemptFailing, endpoint, "orders", fourth.MessageId, fourth.Id));
    }

    [Fact]
    public async Task Record_DeliveredAfterFourFailures_IsRecovered()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync();
        await FailAsync(endpoint, 4);

        await RecordNextAsync(Answers.Ok);

        (await EventsAsync()).Select(e => e.Type).ShouldBe([OperationalEventType.AttemptFailing, OperationalEventType.AttemptRecovered]);
    }

    [Fact]
    public async Task Record_LastAttempt_IsExhausted()
    {
        await ListenAsync();

        await FailAsync(await Given.EndpointAsync(e => e.RetrySchedule = [TimeSpan.FromSeconds(1)]), 2);

        var told = (await EventsAsync()).ShouldHaveSingleItem();
        var last = await Db.Attempts.SingleAsync(a => a.Number == 2, Cancel);
        (told.Type, told.MessageId, told.AttemptId).ShouldBe((OperationalEventType.AttemptExhausted, last.MessageId, last.Id));
    }

    [Fact]
    public async Task Record_PayloadGone_IsExhaustedWithoutAnAttempt()
    {
        await ListenAsync();
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await Given.WriteAsync(db => db.MessagePayloads.ExecuteDeleteAsync());
        var claimed = (await ClaimAsync()).Deliveries.Single();

        await Sql.RecordAsync([new DeliveryDecision(Given.Options, Now, 0.5, Ids).PayloadGone(claimed)], Now, Cancel);

        var told = (await EventsAsync()).ShouldHaveSingleItem();
        (told.Type, told.MessageId, told.AttemptId).ShouldBe((OperationalEventType.AttemptExhausted, claimed.Request.MessageId, null));
    }

    [Fact]
    public async Task Record_SeveralAnswersOf410_DisableOnceAndSayWhichShowedIt()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync(e => e.Uid = "gone");
        await Given.MessagesAsync(endpoint, 3);
        var claimed = (await ClaimAsync()).Deliveries;

        await RecordAsync(Answers.Status(410), claimed.Take(2));
        await RecordAsync(Answers.Status(410), claimed.Skip(2));

        var told = (await EventsAsync()).ShouldHaveSingleItem();
        (told.Type, told.EndpointUid, told.MessageId).ShouldBe((OperationalEventType.EndpointDisabled, "gone", null));
        (await Db.Attempts.Select(a => a.Id).ToListAsync(Cancel)).ShouldContain(told.AttemptId!.Value);
    }

    [Fact]
    public async Task Record_410AtAnEndpointThatItsOwnerDisabled_TellsNothing()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        var claimed = (await ClaimAsync()).Deliveries;
        await ChangeAsync(endpoint, set => set.SetProperty(e => e.Disabled, true));

        await RecordAsync(Answers.Status(410), claimed);

        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Record_LeaseLost_TellsNothing()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.MessagesAsync(endpoint, 1);
        var claimed = (await ClaimAsync()).Deliveries.Single();

        var written = await RecordAsync(Answers.Status(410), claimed with { LeaseToken = new byte[16] });

        written.ShouldBe([false]);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500), InlineData(410)]
    public async Task Record_OfAnOperationalWebhook_TellsNothing(int status)
    {
        var listener = await ListenAsync(e => e.RetrySchedule = []);

        await FailAsync(listener, 1, status: status);

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Dead);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Record_NobodyListens_TellsNothing()
    {
        await ListenAsync(e => e.DeletedAt = Now);

        await FailAsync(await Given.EndpointAsync(e => e.RetrySchedule = []), 1, status: 410);

        (await Db.Endpoints.CountAsync(e => e.Disabled, Cancel)).ShouldBe(1);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Record_OfADeletedEndpoint_TellsNothingMore()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.MessagesAsync(endpoint, 1);
        var claimed = (await ClaimAsync()).Deliveries;
        await ChangeAsync(endpoint, set => set.SetProperty(e => e.DeletedAt, Now));

        await RecordAsync(Answers.Status(410), claimed);

        (await EventsAsync()).ShouldBeEmpty();
    }

    private Task<EndpointId> ListenAsync(Action<Endpoint>? with = null) => Given.EndpointAsync(OperationalApplication.Id, with);

    private async Task FailAsync(EndpointId endpoint, int times, bool publish = true, int status = 500)
    {
        if (publish)
            await Given.MessagesAsync(endpoint, 1);
        for (var i = 0; i < times; i++)
            await RecordNextAsync(Answers.Status(status));
    }

    private async Task RecordNextAsync(AttemptResult result)
    {
        var claimed = (await ClaimAsync()).Deliveries.Single();
        (await RecordAsync(result, claimed)).ShouldBe([true]);
        Clock.Advance(TimeSpan.FromDays(1));
    }

    private Task ChangeAsync(EndpointId endpoint, Action<UpdateSettersBuilder<Endpoint>> change) =>
        Given.WriteAsync(db => db.Endpoints.Where(e => e.Id == endpoint).ExecuteUpdateAsync(change, Cancel));

    private Task<List<OperationalEvent>> EventsAsync() => Db.OperationalEvents.OrderBy(e => e.Id).ToListAsync(Cancel);
}
