using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Deliveries;

internal static class DeliveryServices
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
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
