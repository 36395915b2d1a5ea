using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;

namespace Webhooks.Core.Escalation;

/// <summary>Which policy is for whom.</summary>
internal static class EscalationPolicyQueries
{
    /// <summary>That of the application, else the default, which the service's own incidents have, too; null when there is neither.</summary>
    public static Task<EscalationPolicy?> ForAsync(
        this DbSet<EscalationPolicy> policies, ApplicationId? application, CancellationToken cancellationToken) =>
        policies.AsNoTracking()
            .Where(p => p.ApplicationId == application || p.ApplicationId == null)
            .OrderBy(p => p.ApplicationId == null ? 1 : 0)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The names of the policies that tell a channel: as long as there are any, it can't be deleted.</summary>
    public static async Task<IReadOnlyList<string>> UsingAsync(
        this DbSet<EscalationPolicy> policies, ChannelId channel, CancellationToken cancellationToken)
    {
        // Their steps are JSON that is not queried into; a deployment has few policies.
        var all = await policies.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Name, p.Steps }).ToListAsync(cancellationToken);
        var text = channel.ToString();
        return [.. all.Where(policy => policy.Steps.Exists(step => step.Channels.Contains(text))).Select(policy => policy.Name)];
    }
}
