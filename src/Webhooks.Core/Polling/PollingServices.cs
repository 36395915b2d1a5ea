using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Core.Polling;

internal static class PollingServices
{
    /// <summary>Reading an endpoint's lane instead of being called.</summary>
    public static IServiceCollection AddPolling(this IServiceCollection services) => services
        .AddScoped<Sinks>()
        .AddScoped<LaneReader>()
        .AddScoped<LaneTimes>()
        .AddScoped<PollConsumers>();
}
