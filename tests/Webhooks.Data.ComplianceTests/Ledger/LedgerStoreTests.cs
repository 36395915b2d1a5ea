using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Ledger;
using Webhooks.Core.Retention;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>What the tests of the books share.</summary>
public abstract class LedgerStoreTests(Store store) : StoreTests(store)
{
    private protected static readonly RetentionOptions Retention = new();

    internal static IOptions<RetentionOptions> Periods { get; } = Options.Create(Retention);

    private protected Task BookAsync() => WithAsync(db => new LedgerBooking(db, Sql, Ids, Clock).RunAsync(Cancel));

    private protected Task CountAsync() => WithAsync(db => new LedgerCount(db, Sql, Clock, Options.Create(Retention)).RunAsync(Cancel));

    private protected Task SealAsync() => WithAsync(
        db => new LedgerSealer(db, Sql, new LedgerBooking(db, Sql, Ids, Clock), new LedgerDigest(db), Clock).RunAsync(Cancel));

    private protected async Task BookAndCountAsync()
    {
        await BookAsync();
        await CountAsync();
    }

    private protected async Task<List<string>> FindFaultsAsync()
    {
        await using var db = NewContext();
        return await new LedgerVerifier(db, new LedgerDigest(db), Clock, Options.Create(Retention)).FindFaultsAsync(Cancel).ToListAsync(Cancel);
    }

    private protected Task<LedgerHour> EntryAsync() => Db.LedgerHours.SingleAsync(Cancel);

    private protected async Task WithAsync(Func<WebhooksDbContext, Task> work)
    {
        await using var db = NewContext();
        await work(db);
    }
}
