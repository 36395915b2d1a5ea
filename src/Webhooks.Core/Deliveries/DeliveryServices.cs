using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Deliveries;

internal static class DeliveryServices
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services)
    {
        services.AddSettings<DeliveryOptions>(DeliveryOptions.Section);
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsRules>();
        services.AddSingleton(NodeName.OfThisProcess());
        services.AddSingleton<WakeUp>();
        services.AddSending();
        services.AddSingleton<AttemptRecorder>();
        services.AddSingleton<DeliveryWorker>();
        services.AddSingleton<DeliveryPump>();
        return services;
    }
}
