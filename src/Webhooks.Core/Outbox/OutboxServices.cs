using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Outbox;

internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSettings<OutboxOptions>(OutboxOptions.Section);
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<DatabaseResilience>();
        services.AddSingleton(_ => new ContentFilterCache());
        services.AddSingleton<OutboxWriter>();
        return services;
    }
}
