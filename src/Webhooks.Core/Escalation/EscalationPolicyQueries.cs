using Microsoft.EntityFrameworkCore;

namespace Webhooks.Core.Escalation;

/// <summary>Which policy is for whom.</summary>
internal static class EscalationPolicyQueries
{
    /// <summary>That of the application, else the default; null when there is neither. The service's own incidents have the default.</summary>
    public static Task<EscalationPolicy?> ForAsync(
        this DbSet<EscalationPolicy> policies, ApplicationId? application, CancellationToken cancellationToken) =>
        policies.AsNoTracking()
            .Where(p => p.ApplicationId == application || p.ApplicationId == null)
            .OrderBy(p => p.ApplicationId == null ? 1 : 0)
            .FirstOrDefaultAsync(cancellationToken);
}
