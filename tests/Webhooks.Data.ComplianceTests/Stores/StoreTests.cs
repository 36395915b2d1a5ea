using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Lanes;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>What the tests of the hot path share: a fresh database, a clock that stands still, and the services on top of them.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly Store _store;
    private readonly Lazy<WebhooksDbContext> _db;

    protected StoreTests(Store store)
    {
        _store = store;
        _db = new(NewContext);
        Ids = new(Clock);
        Resilience = new(store.Sql, Clock);
        Writer = new(store.Sql, Resilience, Ids, new ContentFilterCache(), WakeUp, Clock, Options.Create(new OutboxOptions()));
        Recorder = new(store.Sql, Resilience, WakeUp, Clock, NullLogger<AttemptRecorder>.Instance);
        Given = new(store, Clock, Ids, Writer);
    }

    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private protected IdGenerator Ids { get; }
    private protected WakeUp WakeUp { get; } = new();
    private protected DatabaseResilience Resilience { get; }
    private protected OutboxWriter Writer { get; }
    private protected AttemptRecorder Recorder { get; }
    private protected Given Given { get; }

    /// <summary>The instruments of this test alone.</summary>
    private protected IMeterFactory Meters { get; } =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    private protected IWebhooksSql Sql => _store.Sql;

    /// <summary>Reads what is committed; never tracks.</summary>
    private protected WebhooksDbContext Db => _db.Value;

    private protected DateTimeOffset Now => Clock.GetUtcMicroseconds();
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected ClaimRequest Claiming(int maxDeliveries = 512, string node = "node", int maxProbes = 512) => new(
        Now, maxDeliveries, maxProbes, RandomNumberGenerator.GetBytes(16), Now + Lease, node, new DeliveryOptions().MaxInFlightPerEndpoint);

    private protected Task<Claim> ClaimAsync(int maxDeliveries = 512) => Sql.ClaimAsync(Claiming(maxDeliveries), Cancel);

    /// <summary>Records what <paramref name="result"/> means for each delivery, in one transaction.</summary>
    private protected Task<IReadOnlyList<bool>> RecordAsync(AttemptResult result, params IEnumerable<ClaimedDelivery> deliveries) =>
        Sql.RecordAsync([.. deliveries.Select(delivery => Given.Record(delivery, result))], Now, Cancel);

    private protected Task<Lane> LaneAsync(EndpointId endpoint) => Db.Lanes.SingleAsync(lane => lane.EndpointId == endpoint, Cancel);

    private protected WebhooksDbContext NewContext()
    {
        var db = _store.NewContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    private protected Task RefuseEventTypeAsync(string eventType) => _store.RefuseEventTypeAsync(eventType, Cancel);

    public virtual async ValueTask InitializeAsync() => await _store.CreateAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_db.IsValueCreated)
            await _db.Value.DisposeAsync();
        await _store.DisposeAsync();
    }
}
