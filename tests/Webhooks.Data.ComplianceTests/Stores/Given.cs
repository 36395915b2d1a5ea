using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>What a test starts from.</summary>
internal sealed class Given(Store store, FakeTimeProvider clock, IdGenerator ids, OutboxWriter writer)
{
    public const string EventType = "invoice.paid";

    /// <summary>Who sends again.</summary>
    public const string Person = "key_of_somebody";

    public static readonly DeliveryOptions Options = new();

    private static readonly NodeName Node = new("node");

    private DateTimeOffset Now => clock.GetUtcMicroseconds();

    public async Task<ApplicationId> ApplicationAsync(Action<Application>? with = null)
    {
        var application = new Application { Id = ids.New<ApplicationId>(), Name = "Acme", CreatedAt = Now, UpdatedAt = Now };
        with?.Invoke(application);
        await SaveAsync(application);
        return application.Id;
    }

    /// <summary>An endpoint with its lane and one secret.</summary>
    public async Task<EndpointId> EndpointAsync(ApplicationId application, Action<Endpoint>? with = null, Action<Lane>? lane = null)
    {
        var endpoint = new Endpoint
        {
            Id = ids.New<EndpointId>(), ApplicationId = application, Url = "https://example.com/hook", CreatedAt = Now, UpdatedAt = Now,
        };
        with?.Invoke(endpoint);
        var itsLane = new Lane
        {
            EndpointId = endpoint.Id, ApplicationId = application, Held = endpoint.Disabled,
            InFlightLimit = endpoint.MaxInFlight ?? Options.MaxInFlightPerEndpoint,
        };
        lane?.Invoke(itsLane);
        await SaveAsync(endpoint, itsLane, Secret(endpoint.Id, "secret"));
        return endpoint.Id;
    }

    public async Task<EndpointId> EndpointAsync(Action<Endpoint>? with = null, Action<Lane>? lane = null) =>
        await EndpointAsync(await ApplicationAsync(), with, lane);

    public EndpointSecret Secret(EndpointId endpoint, string text, DateTimeOffset? expiresAt = null) => new()
    {
        Id = ids.New<EndpointSecretId>(), EndpointId = endpoint, Protected = Encoding.UTF8.GetBytes(text), CreatedAt = Now, ExpiresAt = expiresAt,
    };

    public static PublishRequest Event(
        ApplicationId application, string type = EventType, string? eventId = null, string[]? channels = null, byte[]? payload = null,
        IdempotencyClaim? idempotency = null, string? orderingKey = null) =>
        new(application.ToString(), type, eventId, channels, payload ?? "{}"u8.ToArray(), TimeSpan.FromDays(90), null, idempotency)
        {
            OrderingKey = orderingKey,
        };

    public static IdempotencyClaim Key(string key, byte hash = 1) => new(new ApiKeyId(7), key, [hash]);

    /// <summary>Publishes through the outbox.</summary>
    public async Task<MessageId> MessageAsync(ApplicationId application) =>
        (await writer.PublishAsync(Event(application), CancellationToken.None)).MessageId;

    /// <summary>Publishes <paramref name="count"/> messages to the application of an endpoint, in transactions of up to 256.</summary>
    public async Task<List<MessageId>> MessagesAsync(EndpointId endpoint, int count)
    {
        await using var db = store.NewContext();
        var lane = await db.Lanes.SingleAsync(lane => lane.EndpointId == endpoint);
        var messages = new List<MessageId>();
        foreach (var batch in Enumerable.Repeat(Event(lane.ApplicationId), count).Chunk(256))
            messages.AddRange((await writer.CommitAsync(batch)).Select(result => result.MessageId));
        return messages;
    }

    /// <summary>Publishes a message for each ordering key to the application of an endpoint, in one transaction.</summary>
    public async Task<List<MessageId>> KeyedMessagesAsync(EndpointId endpoint, params string?[] keys)
    {
        await using var db = store.NewContext();
        var lane = await db.Lanes.SingleAsync(lane => lane.EndpointId == endpoint);
        var results = await writer.CommitAsync([.. keys.Select(key => Event(lane.ApplicationId, orderingKey: key))]);
        return [.. results.Select(result => result.MessageId)];
    }

    public DeliveryRecord Record(ClaimedDelivery delivery, AttemptResult result, double jitter = 0.5)
    {
        var attempt = result.Outcome is null ? null : AttemptRow.Of(delivery, result, ids.New<AttemptId>(), Now, Node);
        return new DeliveryDecision(Options, Now, jitter, ids).Decide(delivery, result, attempt);
    }

    public Task HoldAsync(EndpointId endpoint) => WriteAsync(db => new LaneSwitch(db, clock).HoldAsync(endpoint, CancellationToken.None));

    public Task ResumeAsync(EndpointId endpoint) => WriteAsync(db => new LaneSwitch(db, clock).ResumeAsync(endpoint, CancellationToken.None));

    public Task RetuneAsync(EndpointId endpoint, int cap) =>
        WriteAsync(db => new LaneSwitch(db, clock).RetuneAsync(endpoint, cap, CancellationToken.None));

    public Task PaceAsync(EndpointId endpoint, int maxPerSecond) =>
        WriteAsync(db => new LaneSwitch(db, clock).PaceAsync(endpoint, maxPerSecond, CancellationToken.None));

    /// <summary>Makes an endpoint keep order, or not any more.</summary>
    public Task OrderAsync(EndpointId endpoint, bool ordered) => WriteAsync(db =>
        db.Endpoints.Where(e => e.Id == endpoint).ExecuteUpdateAsync(set => set.SetProperty(e => e.Ordered, ordered)));

    /// <summary>Sends a message to an endpoint again, beside what is on its way already.</summary>
    public Task ResendAsync(MessageId message, EndpointId endpoint) => WriteAsync(async db =>
    {
        (await new Resend(db, ids, clock).AddAsync(message, endpoint, Person, CancellationToken.None)).ShouldNotBeNull();
        await db.SaveChangesAsync();
    });

    public Task PauseAsync(EndpointId endpoint, TimeSpan pause) => WriteAsync(async db =>
    {
        var lane = await db.Lanes.AsTracking().SingleAsync(lane => lane.EndpointId == endpoint);
        lane.PausedUntil = lane.PausedUntil > Now + pause ? lane.PausedUntil : Now + pause;
        lane.PauseReason = PauseReason.Throttled;
        lane.InFlightLimit = 1;
        if (lane.ReadyAt < lane.PausedUntil)
            lane.ReadyAt = lane.PausedUntil;
        await db.SaveChangesAsync();
    });

    /// <summary>What is published meanwhile to the lane's application has to wait for its commit, whatever the engine.</summary>
    public Task WhileLaneIsLockedAsync(EndpointId endpoint, Action act) => WriteAsync(async db =>
    {
        await db.Lanes.Where(lane => lane.EndpointId == endpoint).ExecuteUpdateAsync(lane => lane.SetProperty(l => l.Held, l => l.Held));
        act();
    });

    public Task SaveAsync(params object[] rows) => WriteAsync(async db =>
    {
        db.AddRange(rows);
        await db.SaveChangesAsync();
    });

    public async Task WriteAsync(Func<WebhooksDbContext, Task> write)
    {
        await using var db = store.NewContext();
        await using var transaction = await store.Sql.BeginWriteAsync(db, CancellationToken.None);
        await write(db);
        await transaction.CommitAsync();
    }
}
