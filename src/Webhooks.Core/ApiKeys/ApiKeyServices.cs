using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Settings;

namespace Webhooks.Core.ApiKeys;

internal static class ApiKeyServices
{
    /// <summary>Who calls, and what they may do.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSettings<AuthOptions>(AuthOptions.Section);
        services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAccessPolicies();
        services.AddRateLimiter().ConfigureOptions<RequestLimits>();
        return services
            .AddSingleton<ApiKeyUsage>()
            .AddSingleton<ApiKeyLookup>()
            .AddScoped<ApiKeyStore>()
            .AddScoped<PortalTokens>()
            .AddHostedService<ApiKeyUsageWriter>();
    }
}
