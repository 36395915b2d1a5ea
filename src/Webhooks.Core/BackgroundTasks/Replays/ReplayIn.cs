using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>Which messages to send to an endpoint.</summary>
internal record ReplayIn : IBody<ReplayIn>
{
    /// <summary>Messages accepted from then on.</summary>
    /// <example>2026-01-31T00:00:00Z</example>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Messages accepted until then; null for now.</summary>
    /// <example>null</example>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only count what would be sent, and send nothing. Allowed for a disabled endpoint, too.</summary>
    /// <example>false</example>
    public bool DryRun { get; init; }

    /// <summary>Reads what all replays have.</summary>
    /// <param name="longestAge">How far back it may reach; null for as far as there are messages.</param>
    [SetsRequiredMembers]
    protected ReplayIn(ObjectReader body, TimeSpan? longestAge = null)
    {
        var now = body.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var since = body.Time("since");
        Until = body.OptionalTime("until");
        DryRun = body.Boolean("dryRun", fallback: false);
        if (since >= (Until ?? now))
            body.Fault("since", "Must be before 'until', which is now where it is left out.");
        else if (now - since > longestAge)
            body.Fault("since", $"Must not be more than {longestAge.Value.Days} days ago.");
        Since = since ?? default;
    }

    public static ReplayIn Read(ObjectReader body) => new(body);

    /// <summary>What is to be done, whenever it is: what is accepted later is no part of it.</summary>
    public virtual ReplayParameters ToParameters(DateTimeOffset now) => new()
    {
        Since = Since,
        Until = Until < now ? Until.Value : now,
        DryRun = DryRun,
    };
}
