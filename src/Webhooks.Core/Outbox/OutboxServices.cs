using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Outbox;

internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<DatabaseResilience>();
        services.AddSingleton<OutboxWriter>();
        return services;
    }
}
