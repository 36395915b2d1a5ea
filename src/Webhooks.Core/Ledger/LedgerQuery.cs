using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Ledger;

/// <summary>Which entries of the books are asked for.</summary>
internal sealed record LedgerQuery : IQuery<LedgerQuery>
{
    /// <summary>Only entries of this application.</summary>
    [QueryParameter("app_id", "Only entries of this application: its id or uid.", Example = "customer-4711")]
    public required string? AppId { get; init; }

    /// <summary>Only entries of this endpoint.</summary>
    [QueryParameter("endpoint_id", "Only entries of this endpoint: its id or uid.", Example = "orders")]
    public required string? EndpointId { get; init; }

    /// <summary>Only hours that begin then or later.</summary>
    [QueryParameter("since", "Only hours that begin then or later.", Example = "2026-01-31T00:00:00Z")]
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Only hours that begin before then.</summary>
    [QueryParameter("until", "Only hours that begin before then.", Example = "2026-02-01T00:00:00Z")]
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Only entries with a residue.</summary>
    [QueryParameter("unbalanced", "Only entries whose residue is not 0.", Default = "false")]
    public required bool Unbalanced { get; init; }

    public static LedgerQuery Read(QueryReader query) => new()
    {
        AppId = query.Text("app_id", TextRule.EventType),
        EndpointId = query.Text("endpoint_id", TextRule.EventType),
        Since = query.Time("since"),
        Until = query.Time("until"),
        Unbalanced = query.Boolean("unbalanced", fallback: false),
    };

    public IQueryable<LedgerHour> Of(WebhooksDbContext db)
    {
        var entries = Unbalanced ? db.Unbalanced() : db.LedgerHours;
        if (AppId is { } app)
            entries = IdText.TryParse<ApplicationId>(app, out var id)
                ? entries.Where(h => h.ApplicationId == id)
                : entries.Where(h => db.Applications.Any(a => a.Id == h.ApplicationId && a.Uid == app));
        if (EndpointId is { } endpoint)
        {
            var endpoints = db.Endpoints.ByIdOrUid(endpoint);
            entries = entries.Where(h => endpoints.Any(e => e.Id == h.EndpointId));
        }

        if (Since is { } since)
            entries = entries.Where(h => h.Hour >= since);
        if (Until is { } until)
            entries = entries.Where(h => h.Hour < until);
        return entries;
    }
}
