using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Nodes;

/// <summary>Forgets nodes that have not been seen for a day. Their leases ended long before.</summary>
internal sealed class NodeCleanup(WebhooksDbContext db, IWebhooksSql sql)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = await sql.GetUtcNowAsync(cancellationToken) - Kept;
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.Nodes.Where(node => node.SeenAt < limit).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
