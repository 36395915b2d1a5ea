using Microsoft.Extensions.Options;
using Webhooks.Core.Settings;

namespace Webhooks.Server.Portal;

internal static class PortalServices
{
    /// <summary>Pages for an application's own people.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddSettings<PortalOptions>(PortalOptions.Section);
        return services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsRules>().AddScoped<PortalSession>();
    }
}
