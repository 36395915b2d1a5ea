using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Server.Dashboard.Settings.Escalation;

/// <summary>A channel that a step may name.</summary>
internal sealed record ChannelChoice(string Id, string Name, bool Disabled)
{
    // A deployment has few; a step names 20 at most.
    private const int Most = 200;

    public static async Task<IReadOnlyList<ChannelChoice>> ReadAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var channels = await db.Channels.OrderBy(c => c.Name).Take(Most).Select(c => new { c.Id, c.Name, c.Disabled })
            .ToListAsync(cancellationToken);
        return channels.ConvertAll(c => new ChannelChoice(c.Id.ToString(), c.Name, c.Disabled));
    }
}
