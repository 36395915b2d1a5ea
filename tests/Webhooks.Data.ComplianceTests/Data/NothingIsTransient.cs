using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Data;

/// <summary>The real store, whose every fault is seen by the test and none is tried again.</summary>
internal sealed class NothingIsTransient(IWebhooksSql store) : IWebhooksSql
{
    public Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken) =>
        store.BeginWriteAsync(db, cancellationToken);

    public Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) => store.BeginOutboxAsync(cancellationToken);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        store.ClaimAsync(request, cancellationToken);

    public Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.RecordAsync(records, now, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => store.GetUtcNowAsync(cancellationToken);

    public bool IsTransient(Exception fault) => false;
}
