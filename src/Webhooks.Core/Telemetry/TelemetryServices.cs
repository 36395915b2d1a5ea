using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Core.Telemetry;

internal static class TelemetryServices
{
    /// <summary>Measures the engine that was added before, and looks at the backlog. Who listens is the host's business.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<WebhooksMeter>();
        services.AddSingleton<NotificationMeter>();
        services.AddSingleton<DashboardMeter>();
        services.AddSingleton<BacklogGauges>();
        services.AddHostedService<BacklogSampler>();

        // Kept under a key, so that the container still makes the engine and disposes it.
        var engine = services.Last(service => service.ServiceType == typeof(IWebhooksSql) && !service.IsKeyedService);
        services.Remove(engine);
        services.Add(Keyed(engine));
        return services.AddSingleton<IWebhooksSql>(provider => new MeasuredSql(
            provider.GetRequiredKeyedService<IWebhooksSql>(nameof(MeasuredSql)),
            provider.GetRequiredService<WebhooksMeter>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static ServiceDescriptor Keyed(ServiceDescriptor engine) => engine.ImplementationFactory is { } make
        ? ServiceDescriptor.KeyedSingleton(typeof(IWebhooksSql), nameof(MeasuredSql), (provider, _) => make(provider))
        : ServiceDescriptor.KeyedSingleton(typeof(IWebhooksSql), nameof(MeasuredSql), engine.ImplementationType!);
}
