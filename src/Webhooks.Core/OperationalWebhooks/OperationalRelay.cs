using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>
/// Turns what was written down for operational webhooks into messages of the operational application, oldest first; from there on they are
/// deliveries like any.
/// </summary>
internal sealed class OperationalRelay(WebhooksDbContext db, IWebhooksSql sql, OutboxWriter outbox)
{
    private const int MaxBatch = 256;

    private static readonly string Application = OperationalApplication.Id.ToString();
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<OperationalEventDetails> batch;
        do
        {
            // Crash before the messages are committed: the events are still there, and the next run begins with them.
            batch = await OperationalEventDetails.Read(db, MaxBatch).ToListAsync(cancellationToken);
            await PublishAsync([.. batch.Where(told => told.ApplicationId is not null).Select(Message)]);

            // Crash here: they are told, and still there. The next run, or the one of another node that read them too, finds their eventIds
            // taken and only removes them.
            await RemoveAsync(batch, cancellationToken);
        }
        while (batch.Count == MaxBatch);
    }

    private async Task PublishAsync(IReadOnlyList<PublishRequest> messages)
    {
        if (messages.Count == 0)
            return;

        var results = await outbox.CommitAsync(messages);
        if (!results.All(result => result.Status is PublishStatus.Accepted or PublishStatus.EventIdTaken))
            throw new InvalidOperationException("The operational application, which the first migration made, is missing.");
    }

    private static PublishRequest Message(OperationalEventDetails details) => new(
        Application, OperationalEventTypes.NameOf(details.Event.Type), details.Event.Id.ToString(), null, OperationalPayload.Of(details),
        Retention, null, null);

    // By their ids: an event with an earlier id than the last one may have been committed since they were read.
    private async Task RemoveAsync(List<OperationalEventDetails> relayed, CancellationToken cancellationToken)
    {
        if (relayed.Count == 0)
            return;

        var ids = relayed.ConvertAll(details => details.Event.Id);
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.OperationalEvents.Where(told => ids.Contains(told.Id)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
