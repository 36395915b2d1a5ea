namespace Webhooks.Core.Outbox;

/// <summary>Commit 1, group commit.</summary>
internal sealed class OutboxWriter
{
    /// <summary>Returns once the event is durable, or refused.</summary>
    public Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException(request.Application + cancellationToken);
}
