using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Retention;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>Where several write at once, the hot paths need not even wait for a transaction of retention's to end.</summary>
public sealed class PostgreSqlRetentionTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    [Fact]
    public async Task Run_RowsRemovedAndNotCommitted_HotPathsGoOn()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application, e => e.MaxInFlight = 100);
        for (var i = 0; i < 50; i++)
            await Given.MessageAsync(application);
        await DeliverAsync();
        Clock.Advance(TimeSpan.FromDays(90));
        var delivered = 0;
        await using var db = NewContext(new BeforeCommit(async () =>
        {
            await Given.MessageAsync(application);
            delivered += await DeliverAsync();
        }));

        await new MessageRetention(
            db, Sql, new WebhooksMeter(Meters), new RetentionPlaces(), Clock, Options.Create(new RetentionOptions())).RunAsync(Cancel);

        delivered.ShouldBe(1);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(1);
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Delivered);
    }

    private async Task<int> DeliverAsync()
    {
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Ok, claimed);
        return claimed.Count;
    }

    private PostgreSqlWebhooksDbContext NewContext(IInterceptor interceptor) => new(
        new DbContextOptionsBuilder<PostgreSqlWebhooksDbContext>().UseDatabase(Store.Database).AddInterceptors(interceptor).Options);

    private sealed class BeforeCommit(Func<Task> act) : DbTransactionInterceptor
    {
        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken)
        {
            await act();
            return result;
        }
    }
}
