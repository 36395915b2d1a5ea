using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.BackgroundTasks.Usage;

/// <summary>Whose usage to count, and of when.</summary>
internal sealed record AppUsageStatsIn : IBody<AppUsageStatsIn>
{
    private const int MaxApplications = 1_000;

    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(92);

    /// <summary>Messages accepted from then on.</summary>
    /// <example>2026-01-01T00:00:00Z</example>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Messages accepted until then; at most 92 days, a quarter, after <c>since</c>.</summary>
    /// <example>2026-02-01T00:00:00Z</example>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Ids or uids of 1,000 applications at most; null for all.</summary>
    /// <example>["customer-4711"]</example>
    public List<string>? AppIds { get; init; }

    public static AppUsageStatsIn Read(ObjectReader body)
    {
        var (since, until) = (body.Time("since"), body.Time("until"));
        if (since >= until)
            body.Fault("since", "Must be before 'until'.");
        else if (until - since > LongestSpan)
            body.Fault("since", "Must not be more than 92 days before 'until'. Ask for parts of the time one after the other.");
        return new()
        {
            Since = since ?? default,
            Until = until ?? default,
            AppIds = body.OptionalTexts("appIds", TextRule.EventType, 1, MaxApplications),
        };
    }

    /// <summary>What is to be done, whenever it is: what is accepted later is no part of it.</summary>
    /// <param name="applications">Null for all.</param>
    public UsageParameters ToParameters(DateTimeOffset now, IReadOnlyList<ApplicationId>? applications) =>
        new(Since, Until < now ? Until : now, applications);
}
