using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.OperationalWebhooks;

/// <summary>From what was written down to messages: each told, in order, and once.</summary>
public abstract class OperationalRelayTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Run_EventsOfAnEndpoint_AreMessagesInOrderAndGone()
    {
        var listener = await ListenAsync();
        var application = await Given.ApplicationAsync(a => a.Uid = "acme");
        var endpoint = await Given.EndpointAsync(application);
        await SaveAsync(
            endpoint, OperationalEventType.EndpointCreated, OperationalEventType.EndpointUpdated, OperationalEventType.EndpointDeleted);

        await RelayAsync();

        var messages = await MessagesAsync();
        messages.Select(m => m.EventType).ShouldBe(["endpoint.created", "endpoint.updated", "endpoint.deleted"]);
        (await PayloadAsync(messages[0])).ShouldBe($$$"""
            {"type":"endpoint.created",
            "data":{"appId":"{{{application}}}","appUid":"acme","endpointId":"{{{endpoint}}}","endpointUid":"at-the-time"}}
            """.ReplaceLineEndings(""));
        (await Db.Deliveries.CountAsync(d => d.EndpointId == listener, Cancel)).ShouldBe(3);
        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_Failing_TellsTheMessageAndItsLastAttempt()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([Given.Event(application, eventId: "evt-1")]);
        var delivery = (await ClaimAsync()).Deliveries.Single() with { Failures = 3 };
        await RecordAsync(Answers.Status(503), delivery);

        await RelayAsync();

        var attempt = await Db.Attempts.SingleAsync(Cancel);
        (await PayloadAsync((await MessagesAsync()).Single())).ShouldBe($$$$"""
            {"type":"message.attempt.failing",
            "data":{"appId":"{{{{application}}}}","appUid":null,"endpointId":"{{{{endpoint}}}}","endpointUid":null,
            "msgId":"{{{{delivery.Request.MessageId}}}}","msgEventId":"evt-1",
            "lastAttempt":{"id":"{{{{attempt.Id}}}}","responseStatusCode":503,"timestamp":"2026-11-23T12:00:00.000000Z"}}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Run_ExhaustedWithoutAnAttempt_SaysSo()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync();
        var message = (await Given.MessagesAsync(endpoint, 1)).Single();
        await Given.SaveAsync(Event(endpoint, OperationalEventType.AttemptExhausted, message));

        await RelayAsync();

        (await DataAsync()).GetProperty("lastAttempt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Run_NoAnswer_HasStatusCode0()
    {
        await ListenAsync();
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.RetrySchedule = []), 1);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);

        await RelayAsync();

        (await DataAsync()).GetProperty("lastAttempt").GetProperty("responseStatusCode").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData(true, "gone"), InlineData(false, "manual")]
    public async Task Run_Disabled_SaysByWhom(bool byAnAttempt, string trigger)
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync();
        await Given.SaveAsync(Event(endpoint, OperationalEventType.EndpointDisabled, attempt: byAnAttempt ? Ids.New<AttemptId>() : null));

        await RelayAsync();

        (await DataAsync()).GetProperty("trigger").GetString().ShouldBe(trigger);
    }

    [Fact]
    public async Task Run_DisabledAfterFailingForLong_SaysSo()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync(e => (e.Disabled, e.DisabledReason) = (true, EndpointDisabledReason.Failing));
        await Given.SaveAsync(Event(endpoint, OperationalEventType.EndpointDisabled));

        await RelayAsync();

        (await DataAsync()).GetProperty("trigger").GetString().ShouldBe("failing");
    }

    [Fact]
    public async Task Run_CrashBetweenPublishingAndRemoving_TellsOnce()
    {
        await ListenAsync();
        var endpoint = await Given.EndpointAsync();
        await SaveAsync(endpoint, OperationalEventType.EndpointCreated, OperationalEventType.EndpointUpdated);
        var sql = new WatchedSql(Sql);
        sql.FailWrites(1);
        await Should.ThrowAsync<TimeoutException>(() => RelayAsync(sql));
        (await Db.OperationalEvents.CountAsync(Cancel)).ShouldBe(2);
        await SaveAsync(endpoint, OperationalEventType.EndpointDeleted);

        await RelayAsync();

        (await MessagesAsync()).Select(m => m.EventType).ShouldBe(["endpoint.created", "endpoint.updated", "endpoint.deleted"]);
        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_TwoAtOnce_TellOnce()
    {
        await ListenAsync();
        await SaveAsync(await Given.EndpointAsync(), [.. Enumerable.Repeat(OperationalEventType.EndpointUpdated, 600)]);

        await Task.WhenAll(RelayAsync(), RelayAsync());

        (await MessagesAsync()).Count.ShouldBe(600);
        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_MoreThanABatch_TellsAllInOrder()
    {
        await ListenAsync();
        await SaveAsync(await Given.EndpointAsync(), [.. Enumerable.Repeat(OperationalEventType.EndpointUpdated, 512)]);
        var events = await Db.OperationalEvents.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(Cancel);

        await RelayAsync();

        (await MessagesAsync()).Select(m => m.EventId).ShouldBe(events.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Run_EndpointsRowGone_RemovesItAndHoldsUpNothing()
    {
        await ListenAsync();
        await SaveAsync(Ids.New<EndpointId>(), OperationalEventType.EndpointDeleted);
        await SaveAsync(await Given.EndpointAsync(), OperationalEventType.EndpointCreated);

        await RelayAsync();

        (await MessagesAsync()).Select(m => m.EventType).ShouldBe(["endpoint.created"]);
        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_WantedByNobody_IsToldToNobodyAndGone()
    {
        await ListenAsync(e => e.EventTypes = ["endpoint.deleted"]);
        await SaveAsync(await Given.EndpointAsync(), OperationalEventType.EndpointCreated);

        await RelayAsync();

        (await Db.Deliveries.AnyAsync(Cancel)).ShouldBeFalse();
        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    private Task<EndpointId> ListenAsync(Action<Endpoint>? with = null) => Given.EndpointAsync(OperationalApplication.Id, with);

    private Task SaveAsync(EndpointId endpoint, params OperationalEventType[] types) =>
        Given.SaveAsync([.. types.Select(type => Event(endpoint, type))]);

    private OperationalEvent Event(
        EndpointId endpoint, OperationalEventType type, MessageId? message = null, AttemptId? attempt = null) => new()
    {
        Id = Ids.New<OperationalEventId>(), Type = type, EndpointId = endpoint, EndpointUid = "at-the-time", MessageId = message,
        AttemptId = attempt, CreatedAt = Now,
    };

    private async Task RelayAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        await new OperationalRelay(db, sql ?? Sql, Writer).RunAsync(Cancel);
    }

    private Task<List<Message>> MessagesAsync() =>
        Db.Messages.Where(m => m.ApplicationId == OperationalApplication.Id).OrderBy(m => m.Id).ToListAsync(Cancel);

    private async Task<string> PayloadAsync(Message message) =>
        Encoding.UTF8.GetString((await Db.MessagePayloads.SingleAsync(p => p.MessageId == message.Id, Cancel)).Body);

    private async Task<JsonElement> DataAsync() =>
        JsonDocument.Parse(await PayloadAsync((await MessagesAsync()).Single())).RootElement.GetProperty("data");
}
