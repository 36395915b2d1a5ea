using Webhooks.Core.Data;

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>One engine's fresh, migrated database. Every test has its own; the suite is the same for every engine.</summary>
public abstract class Store : IAsyncDisposable
{
    internal abstract IWebhooksSql Sql { get; }

    internal abstract Task CreateAsync(CancellationToken cancellationToken);

    internal abstract WebhooksDbContext NewContext();

    /// <summary>From now on the database itself refuses messages of this type: a fault in the middle of commit 1.</summary>
    internal abstract Task RefuseEventTypeAsync(string eventType, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
