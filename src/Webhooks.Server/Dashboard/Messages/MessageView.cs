using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Dashboard.Messages;

/// <summary>What does not change about a message.</summary>
internal sealed record MessageView(Message Message, string? Application, string? TypeDescription)
{
    /// <returns>Null when there is no such message.</returns>
    public static async Task<MessageView?> ReadAsync(WebhooksDbContext db, string messageId, CancellationToken cancellationToken) =>
        !IdText.TryParse<MessageId>(messageId, out var id) ? null
            : await db.Messages.AsNoTracking().Where(m => m.Id == id)
                .Select(m => new MessageView(
                    m,
                    db.Applications.Where(a => a.Id == m.ApplicationId).Select(a => a.Name).FirstOrDefault(),
                    db.EventTypes.Where(t => t.Name == m.EventType).Select(t => t.Description).FirstOrDefault()))
                .FirstOrDefaultAsync(cancellationToken);
}
