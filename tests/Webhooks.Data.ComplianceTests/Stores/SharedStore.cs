using Webhooks.Core.Data;

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>A database that several nodes share.</summary>
public abstract class SharedStore : Store
{
    /// <summary>Another node's, with connections of its own. The store ends them.</summary>
    internal abstract IWebhooksSql NewSql();

    /// <summary>Instead of <see cref="Store.CreateAsync"/>: nothing is in the database, or it is not even there.</summary>
    internal abstract Task CreateEmptyAsync(CancellationToken cancellationToken);

    /// <summary>What a node does when it starts.</summary>
    internal abstract Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>How many transactions wait just now for one that holds a row.</summary>
    internal abstract Task<int> CountWaitingAsync(CancellationToken cancellationToken);
}
