namespace Webhooks.Core.Outbox;

/// <summary>The transaction of commit 1: read what decides, write all rows, commit. Disposing without a commit rolls back.</summary>
internal interface IOutboxTransaction : IAsyncDisposable
{
    /// <summary>
    /// Reads, for the whole batch at once, what only the database knows. The lanes of the endpoints read are locked until the end
    /// of the transaction, so that no claim puts a lane to sleep over a delivery that is just being added to it.
    /// </summary>
    Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken);

    Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}
