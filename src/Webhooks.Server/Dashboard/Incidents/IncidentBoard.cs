using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Incidents;

/// <summary>The incidents that people work with now, by what is being done about them.</summary>
/// <param name="IsCut">Whether there are more unresolved ones than a board holds.</param>
internal sealed record IncidentBoard(IReadOnlyList<IncidentColumn> Columns, bool IsCut)
{
    /// <summary>More are not read: the list has them all.</summary>
    public const int Most = 200;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(2);

    public bool IsEmpty => Columns.All(column => column.Rows.Count == 0);

    /// <param name="query">Its state does not count: the columns are the states.</param>
    public static async Task<IncidentBoard> ReadAsync(
        WebhooksDbContext db, IncidentListQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unresolved = await NewestAsync(db, query with { State = IncidentStates.Unresolved }, cancellationToken);
        var resolved = await NewestAsync(db, query with { State = IncidentStates.Resolved }, cancellationToken);
        var names = await Names.ReadAsync(db, [.. unresolved, .. resolved], i => i.ApplicationId, i => i.EndpointId, cancellationToken);
        var awake = unresolved.Where(i => i.SnoozedUntil is null).ToList();
        return new IncidentBoard(
            [
                Column("open", "Open", "open", awake.Where(i => i.State == IncidentState.Open)),
                Column("acknowledged", "Acknowledged", "acknowledged", awake.Where(i => i.State == IncidentState.Acknowledged)),
                Column("snoozed", "Snoozed", IncidentFilters.Unresolved, unresolved.Where(i => i.SnoozedUntil is not null)),
                Column(
                    "resolved", "Resolved lately", "resolved",
                    resolved.Where(i => i.ResolvedAt > now - Lately).OrderByDescending(i => i.ResolvedAt)),
            ],
            unresolved.Count == Most);

        IncidentColumn Column(string word, string title, string state, IEnumerable<IncidentOut> incidents) =>
            new(word, title, state, [.. incidents.Select(i => new IncidentRow(i, names.Of(i.ApplicationId), names.Of(i.EndpointId)))]);
    }

    private static Task<List<IncidentOut>> NewestAsync(
        WebhooksDbContext db, IncidentListQuery query, CancellationToken cancellationToken) => query.Filter(db).OrderByDescending(i => i.Id).Take(Most).Select(IncidentOut.Projection).ToListAsync(cancellationToken);
}

/// <summary>A column of the board.</summary>
/// <param name="Word">Its name in the page's markup.</param>
/// <param name="State">The state of the list that has all of them.</param>
/// <param name="Rows">The newest first; of the resolved ones, the last resolved.</param>
internal sealed record IncidentColumn(string Word, string Title, string State, IReadOnlyList<IncidentRow> Rows);
