using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Core.Audit;

namespace Webhooks.Core.Ledger;

internal static class LedgerServices
{
    /// <summary>The books. When they are kept is the host's business.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.TryAddScoped<AuditTrail>(); // in which seals are noted
        return services
            .AddScoped<LedgerBooking>()
            .AddScoped<LedgerCount>()
            .AddScoped<LedgerRecount>()
            .AddScoped<LedgerAudit>()
            .AddScoped<LedgerDigest>()
            .AddScoped<LedgerSealer>()
            .AddScoped<LedgerRows>()
            .AddScoped<LedgerVerifier>();
    }
}
