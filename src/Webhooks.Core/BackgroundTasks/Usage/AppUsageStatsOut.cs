using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Core.BackgroundTasks.Usage;

/// <summary>The task that counts, and what it can't count.</summary>
internal sealed record AppUsageStatsOut : TaskStartedOut
{
    [SetsRequiredMembers]
    public AppUsageStatsOut(BackgroundTask task, IReadOnlyList<string> unresolved) : base(Of(task)) => UnresolvedAppIds = unresolved;

    /// <summary>Those of the ids and uids sent that no application has; the others are counted.</summary>
    /// <example>[]</example>
    public required IReadOnlyList<string> UnresolvedAppIds { get; init; }
}
