using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>The transaction of commit 1: read what decides, write all rows, commit. Disposing without a commit rolls back.</summary>
internal interface IOutboxTransaction : IAsyncDisposable
{
    /// <summary>
    /// Reads, for the whole batch at once, what only the database knows. The lanes of the endpoints read are locked until the end
    /// of the transaction, so that no claim puts a lane to sleep over a delivery that is just being added to it.
    /// </summary>
    Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken);

    /// <summary>
    /// Which of these messages are on record: asked when the answer to an earlier commit of them got lost. It need not wait for a commit
    /// that is still under way: an id can't be written twice.
    /// </summary>
    Task<IReadOnlyCollection<MessageId>> FindAsync(IReadOnlyList<MessageId> ids, CancellationToken cancellationToken);

    Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}
