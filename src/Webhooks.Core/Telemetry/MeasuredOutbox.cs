using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Telemetry;

/// <summary>Commit 1, measured from the wait for its turn to write until it is durable.</summary>
internal sealed class MeasuredOutbox(IOutboxTransaction transaction, WebhooksMeter meter, TimeProvider clock, long started)
    : IOutboxTransaction
{
    private OutboxRows? _rows;

    public Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken) =>
        transaction.ReadAsync(batch, cancellationToken);

    public Task<IReadOnlyCollection<MessageId>> FindAsync(IReadOnlyList<MessageId> ids, CancellationToken cancellationToken) =>
        transaction.FindAsync(ids, cancellationToken);

    public Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken)
    {
        _rows = rows;
        return transaction.WriteAsync(rows, cancellationToken);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await transaction.CommitAsync(cancellationToken);
        if (_rows is not null)
            meter.Accepted(_rows, clock.GetElapsedTime(started));
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
