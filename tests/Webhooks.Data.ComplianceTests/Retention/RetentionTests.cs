using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Retention;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.BackgroundTasks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Retention;

/// <summary>What the tests of retention share: periods that differ, and each kind of run.</summary>
public abstract class RetentionTests(Store store) : StoreTests(store)
{
    private protected static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private protected static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);

    private protected static readonly RetentionOptions Periods =
        new() { Messages = 30 * Day, Attempts = 10 * Day, DeadLetters = 60 * Day, Incidents = 90 * Day, Ledger = 40 * Day };

    private protected RetentionPlaces Places { get; } = new();

    private protected Task RemovePayloadsAsync(IWebhooksSql? sql = null) => RunAsync(
        db => new PayloadRetention(db, sql ?? Sql, new WebhooksMeter(Meters), Places, Clock).RunAsync(Cancel));

    private protected Task RemoveAttemptsAsync(IWebhooksSql? sql = null) => RunAsync(
        db => new AttemptRetention(db, sql ?? Sql, new WebhooksMeter(Meters), Places, Clock, Options.Create(Periods)).RunAsync(Cancel));

    private protected Task RemoveMessagesAsync(IWebhooksSql? sql = null) => RunAsync(
        db => new MessageRetention(db, sql ?? Sql, new WebhooksMeter(Meters), Places, Clock, Options.Create(Periods)).RunAsync(Cancel));

    private protected Task RemoveIncidentsAsync(IWebhooksSql? sql = null) => RunAsync(
        db => new IncidentRetention(db, sql ?? Sql, new WebhooksMeter(Meters), Places, Clock, Options.Create(Periods)).RunAsync(Cancel));

    private protected Task RemoveEndpointsAsync() => RunAsync(
        db => new EndpointRetention(db, Sql, new WebhooksMeter(Meters), Clock, Options.Create(Periods)).RunAsync(Cancel));

    private protected Task RemoveApplicationsAsync() => RunAsync(
        db => new ApplicationRetention(db, Sql, new WebhooksMeter(Meters), Clock, Options.Create(Periods)).RunAsync(Cancel));

    /// <summary>A store that lets the test act before each write transaction of a run.</summary>
    private protected HookedSql Hooked(Func<int, Task> beforeWrite) => new(Sql, beforeWrite);

    /// <summary>Publishes messages to an endpoint, all of which end now with what <paramref name="result"/> means.</summary>
    private protected async Task<List<MessageId>> EndedAsync(EndpointId endpoint, AttemptResult result, int count = 1)
    {
        var messages = await Given.MessagesAsync(endpoint, count);
        while ((await ClaimAsync()).Deliveries is { Count: > 0 } claimed)
            await RecordAsync(result, claimed);
        return messages;
    }

    /// <summary>An endpoint whose deliveries are dead letters after one failure.</summary>
    private protected Task<EndpointId> WithoutRetriesAsync() => Given.EndpointAsync(e => (e.RetrySchedule, e.MaxInFlight) = ([], 500));

    private protected Task<EndpointId> WideEndpointAsync() => Given.EndpointAsync(e => e.MaxInFlight = 500);

    private protected Task DeleteAsync(EndpointId endpoint) => Given.WriteAsync(
        db => db.Endpoints.Where(e => e.Id == endpoint).ExecuteUpdateAsync(set => set.SetProperty(e => e.DeletedAt, Now), Cancel));

    /// <summary>What the service does within seconds after an endpoint was deleted, its dead letters included.</summary>
    private protected Task CleanEndpointsAsync() => RunAsync(db => new EndpointCleanup(
        db, Sql, new LaneSwitch(db, Clock), new LedgerBooking(db, Sql, Ids, Clock), new WebhooksMeter(Meters), Clock).RunAsync(Cancel));

    /// <summary>How many rows there are of messages, payloads, deliveries and attempts.</summary>
    private protected async Task<(int Messages, int Payloads, int Deliveries, int Attempts)> CountAsync() => (
        await Db.Messages.CountAsync(Cancel), await Db.MessagePayloads.CountAsync(Cancel),
        await Db.Deliveries.CountAsync(Cancel), await Db.Attempts.CountAsync(Cancel));

    private async Task RunAsync(Func<WebhooksDbContext, Task> run)
    {
        await using var db = NewContext();
        await run(db);
    }
}
