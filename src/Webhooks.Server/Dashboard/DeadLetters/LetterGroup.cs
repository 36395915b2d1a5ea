using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>Dead letters of one endpoint for one cause: mostly one trouble, and decided about as one.</summary>
internal sealed record LetterGroup(
    ApplicationId ApplicationId, EndpointId EndpointId, DeadLetterCause Cause, int Count, DateTimeOffset Since, DateTimeOffset Newest)
{
    /// <summary>How many letters are looked at, newest first: what is shown must not cost more the worse things are.</summary>
    public const int MostLetters = 10_000;

    private const int MostGroups = 200;

    public required string Application { get; init; }
    public required string Endpoint { get; init; }

    /// <returns>The largest groups first.</returns>
    public static async Task<IReadOnlyList<LetterGroup>> ReadAsync(
        WebhooksDbContext db, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var groups = await db.DeadLetters.InScope(filter).Fitting(filter)
            .OrderByDescending(l => l.DeliveryId).Take(MostLetters)
            .GroupBy(l => new { l.ApplicationId, l.EndpointId, l.DeadReason, l.HoldReason })
            .Select(same => new { same.Key, Count = same.Count(), Since = same.Min(l => l.CreatedAt), Newest = same.Max(l => l.CreatedAt) })
            .OrderByDescending(same => same.Count).Take(MostGroups)
            .ToListAsync(cancellationToken);
        var names = await Names.ReadAsync(db, groups, g => g.Key.ApplicationId, g => g.Key.EndpointId, cancellationToken);
        return groups.ConvertAll(g => new LetterGroup(
            g.Key.ApplicationId, g.Key.EndpointId, DeadLetterWords.CauseOf(g.Key.DeadReason, g.Key.HoldReason), g.Count, g.Since, g.Newest)
        {
            Application = names.Of(g.Key.ApplicationId),
            Endpoint = names.Of(g.Key.EndpointId),
        });
    }
}
