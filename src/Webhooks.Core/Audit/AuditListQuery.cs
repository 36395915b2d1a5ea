using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Audit;

/// <summary>How the audit log is asked for.</summary>
internal sealed record AuditListQuery : IQuery<AuditListQuery>
{
    public required PageRequest<AuditEntryId> Page { get; init; }

    /// <summary>Only what this person or API key did.</summary>
    [QueryParameter("who", "Only what this person or API key did.", Example = "Ada")]
    public required string? Who { get; init; }

    /// <summary>Only this operation.</summary>
    [QueryParameter("operation", "Only this operation, as this description names it.", Example = "v1.endpoint.rotate-secret")]
    public required string? Operation { get; init; }

    /// <summary>Only what was done to an application, or in it.</summary>
    [QueryParameter("app_id", "Only what was done to this application, or in it: its id or uid.", Example = "customer-4711")]
    public required string? AppId { get; init; }

    /// <summary>When it was done.</summary>
    public required TimeRange Range { get; init; }

    public static AuditListQuery Read(QueryReader query) => new()
    {
        Page = query.Page<AuditEntryId>(isAscending: false),
        Who = query.Text("who", new TextRule(1, 256)),
        Operation = query.Text("operation", TextRule.EventType),
        AppId = query.Text("app_id", TextRule.EventType),
        Range = TimeRange.Read(query),
    };

    public IQueryable<AuditEntry> Filter(WebhooksDbContext db)
    {
        IQueryable<AuditEntry> entries = db.AuditEntries;
        if (Who is { } who)
            entries = entries.Where(e => e.Who == who);
        if (Operation is { } operation)
            entries = entries.Where(e => e.Operation == operation);
        if (Range.Before is { } before && IdTime.FirstOf<AuditEntryId>(before) is var first)
            entries = entries.Where(e => e.Id < first);
        if (Range.After is { } after && IdTime.LastOf<AuditEntryId>(after) is var last)
            entries = entries.Where(e => e.Id > last);
        if (AppId is not { } app)
            return entries;

        return IdText.TryParse<ApplicationId>(app, out var id)
            ? entries.Where(e => e.ApplicationId == id)
            : entries.Where(e => db.Applications.Any(a => a.Id == e.ApplicationId && a.Uid == app));
    }
}
