using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Ledger;
using Webhooks.Core.Retention;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>What the tests of the books share.</summary>
public abstract class LedgerStoreTests(Store store) : StoreTests(store)
{
    private protected static readonly RetentionOptions Retention = new();

    internal static IOptions<RetentionOptions> Periods { get; } = Options.Create(Retention);

    private protected Task BookAsync() => WithAsync(db => new LedgerBooking(db, Sql, Ids, Clock).RunAsync(Cancel));

    private protected Task CountAsync() => WithAsync(db => new LedgerCount(db, Sql, Clock, Periods).RunAsync(Cancel));

    private protected Task RecountAsync() => WithAsync(db => new LedgerRecount(db, Sql, Clock, Periods).RunAsync(Cancel));

    private protected Task SealAsync() => WithAsync(
        db => new LedgerSealer(
            db, Sql, new LedgerBooking(db, Sql, Ids, Clock), new LedgerDigest(db), new AuditTrail(db, Ids, Clock), Clock,
            NullLogger<LedgerSealer>.Instance).RunAsync(Cancel));

    private protected async Task BookAndCountAsync()
    {
        await BookAsync();
        await CountAsync();
    }

    private protected async Task<List<string>> FindFaultsAsync()
    {
        await using var db = NewContext();
        return await new LedgerVerifier(db, new LedgerDigest(db), new LedgerRows(db, Clock, Periods), Clock, Periods)
            .FindFaultsAsync(Cancel).ToListAsync(Cancel);
    }

    /// <summary>What retention does with a period of its own for messages.</summary>
    private protected Task RemoveAfterAsync(TimeSpan period) => WithAsync(db => new MessageRetention(
        db, Sql, new WebhooksMeter(Meters), new RetentionPlaces(), Clock,
        Options.Create(new RetentionOptions { Messages = period })).RunAsync(Cancel));

    /// <summary>A day whose two deliveries were delivered, and which is counted.</summary>
    private protected async Task GivenDayAsync()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await BookAndCountAsync();
    }

    private protected async Task GivenSealedAsync()
    {
        await GivenDayAsync();
        Clock.Advance(TimeSpan.FromDays(3));
        await SealAsync();
    }

    private protected Task<LedgerHour> EntryAsync() => Db.LedgerHours.SingleAsync(Cancel);

    private protected async Task WithAsync(Func<WebhooksDbContext, Task> work)
    {
        await using var db = NewContext();
        await work(db);
    }
}
