using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Escalation;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Incidents;

internal static class IncidentServices
{
    /// <summary>Trouble becomes incidents, and incidents are told to people.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSettings<IncidentOptions>(IncidentOptions.Section);
        return services
            .AddScoped<IncidentTimeline>()
            .AddScoped<ToldChannels>()
            .AddScoped<IncidentDesk>();
    }
}
