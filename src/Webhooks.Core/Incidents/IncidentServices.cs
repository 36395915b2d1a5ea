using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Escalation;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Incidents;

internal static class IncidentServices
{
    /// <summary>Trouble becomes incidents, and incidents are told to people.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSettings<IncidentOptions>(IncidentOptions.Section).Validate(
            options => options.DisableAfter == TimeSpan.Zero || options.DisableAfter > options.FailingAfter,
            $"{IncidentOptions.Section}:{nameof(IncidentOptions.DisableAfter)} must be 0 or longer than "
            + $"{IncidentOptions.Section}:{nameof(IncidentOptions.FailingAfter)}.");
        return services
            .AddScoped<IncidentTimeline>()
            .AddScoped<ToldChannels>()
            .AddScoped<IncidentDesk>()
            .AddScoped<IncidentKeeper>()
            .AddScoped<IncidentClosing>()
            .AddScoped<FailingWatch>()
            .AddScoped<DisabledWatch>()
            .AddScoped<BacklogWatch>()
            .AddScoped<Escalator>()
            .AddSingleton<EscalationNotice>()
            .AddScoped<EscalationPolicyRegistry>();
    }
}
