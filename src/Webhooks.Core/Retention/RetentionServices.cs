using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Retention;

internal static class RetentionServices
{
    /// <summary>What removes what was kept long enough. When it runs is the host's business.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSettings<RetentionOptions>(RetentionOptions.Section);
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsRules>();
        services.AddSingleton<RetentionPlaces>();
        return services
            .AddScoped<PayloadRetention>()
            .AddScoped<AttemptRetention>()
            .AddScoped<MessageRetention>()
            .AddScoped<EndpointRetention>()
            .AddScoped<ApplicationRetention>()
            .AddScoped<IncidentRetention>()
            .AddScoped<LedgerRetention>();
    }
}
