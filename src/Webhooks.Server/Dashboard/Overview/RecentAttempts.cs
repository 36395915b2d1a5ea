using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Overview;

/// <summary>How the newest attempts went: a window of so many, of a day at most.</summary>
internal sealed record RecentAttempts
{
    public const int Window = 2_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How many the window holds.</summary>
    public required int Count { get; init; }

    /// <summary>When the oldest of them was made; null when there is none.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Which share was delivered, 0 to 1; null when there is none.</summary>
    public required double? SuccessRate { get; init; }

    /// <summary>From accepted to answered, of messages that were delivered at their first attempt; null when there is none.</summary>
    public required Percentiles? Latency { get; init; }

    public static async Task<RecentAttempts> ReadAsync(WebhooksDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = IdTime.FirstOf<AttemptId>(now - Day);
        var newest = await db.Attempts.Where(a => a.Id >= first).OrderByDescending(a => a.Id).Take(Window)
            .Select(a => new Made(
                a.Outcome, a.Number == 1 && a.TriggerType == AttemptTrigger.Scheduled, a.StartedAt, a.TotalMicroseconds,
                db.Messages.Where(m => m.Id == a.MessageId).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return Of(newest);
    }

    internal static RecentAttempts Of(IReadOnlyCollection<Made> attempts) => new()
    {
        Count = attempts.Count,
        Since = attempts.Count == 0 ? null : attempts.Min(a => a.StartedAt),
        SuccessRate = attempts.Count == 0 ? null : (double)attempts.Count(a => a.Outcome == AttemptOutcome.Delivered) / attempts.Count,
        Latency = Percentiles.Of(
        [
            .. from attempt in attempts
               where attempt is { IsFirst: true, Outcome: AttemptOutcome.Delivered, AcceptedAt: not null }
               select attempt.Latency,
        ]),
    };

    /// <param name="IsFirst">Nothing was tried before: not a retry, not a resend.</param>
    internal sealed record Made(
        AttemptOutcome Outcome, bool IsFirst, DateTimeOffset StartedAt, long Microseconds, DateTimeOffset? AcceptedAt)
    {
        public TimeSpan Latency => StartedAt - AcceptedAt!.Value + TimeSpan.FromMicroseconds(Microseconds);
    }
}
