using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Server.Dashboard.Applications;

namespace Webhooks.Server.Dashboard.Search;

/// <summary>What has a text in its name.</summary>
/// <param name="IsEventId">Whether it is also the publisher's id of a message.</param>
internal sealed record SearchFindings(
    IReadOnlyList<FoundApplication> Applications, IReadOnlyList<FoundEndpoint> Endpoints, IReadOnlyList<string> EventTypes, bool IsEventId)
{
    /// <summary>More of a kind are not shown: more letters find fewer.</summary>
    public const int Most = 20;

    public bool IsEmpty => Applications.Count + Endpoints.Count + EventTypes.Count == 0;

    public static async Task<SearchFindings> ReadAsync(WebhooksDbContext db, string text, CancellationToken cancellationToken) => new(
        await db.Applications.Live().Named(text).OrderBy(a => a.Id).Take(Most).Select(a => new FoundApplication(a.Id, a.Name, a.Uid))
            .ToListAsync(cancellationToken),
        await db.Endpoints.Where(e => e.DeletedAt == null && (e.Url.Contains(text) || e.Description.Contains(text) || e.Uid!.Contains(text)))
            .OrderBy(e => e.Id).Take(Most)
            .Select(e => new FoundEndpoint(
                e.Id, e.Url, e.Description, db.Applications.Where(a => a.Id == e.ApplicationId).Select(a => a.Name).FirstOrDefault()))
            .ToListAsync(cancellationToken),
        await db.EventTypes.Where(t => t.Name.Contains(text)).OrderBy(t => t.Name).Take(Most).Select(t => t.Name).ToListAsync(cancellationToken),
        await MessageSearch.WithEventId(db, text).AnyAsync(cancellationToken));
}

internal sealed record FoundApplication(ApplicationId Id, string Name, string? Uid);

internal sealed record FoundEndpoint(EndpointId Id, string Url, string Description, string? Application);
