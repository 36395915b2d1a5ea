using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>How an endpoint's last attempts went.</summary>
internal sealed record RecentAttempts
{
    /// <summary>How many are looked at: what this costs does not depend on how many there are.</summary>
    public const int Most = 500;

    public required int Count { get; init; }
    public required int Delivered { get; init; }
    public required DateTimeOffset? Since { get; init; }
    public required DateTimeOffset? Last { get; init; }
    public required DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How long those took that were answered; null when there were none.</summary>
    public required Percentiles? Took { get; init; }

    /// <summary>Of a hundred; rounded down, so that 100 means all of them.</summary>
    public int? SuccessRate => Count == 0 ? null : (int)(100L * Delivered / Count);

    public static async Task<RecentAttempts> ReadAsync(
        WebhooksDbContext db, EndpointId endpoint, CancellationToken cancellationToken) => Of(
        await db.Attempts.Where(a => a.EndpointId == endpoint).OrderByDescending(a => a.Id).Take(Most)
            .Select(a => new Sample(a.StartedAt, a.Outcome, a.TotalMicroseconds)).ToListAsync(cancellationToken));

    /// <param name="samples">Newest first.</param>
    public static RecentAttempts Of(IReadOnlyList<Sample> samples)
    {
        var answered = samples.Where(s => s.Outcome is AttemptOutcome.Delivered or AttemptOutcome.Rejected);
        return new RecentAttempts
        {
            Count = samples.Count,
            Delivered = samples.Count(s => s.Outcome == AttemptOutcome.Delivered),
            Since = samples.Count == 0 ? null : samples[^1].StartedAt,
            Last = samples.Count == 0 ? null : samples[0].StartedAt,
            LastSuccess = samples.FirstOrDefault(s => s.Outcome == AttemptOutcome.Delivered)?.StartedAt,
            Took = Percentiles.Of([.. answered.Select(s => TimeSpan.FromMicroseconds(s.Microseconds))]),
        };
    }

    internal sealed record Sample(DateTimeOffset StartedAt, AttemptOutcome Outcome, long Microseconds);
}
