using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Core.ApiKeys;

internal static class ApiKeyServices
{
    /// <summary>Who calls, and what they may do.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAccessPolicies();
        return services
            .AddSingleton<ApiKeyUsage>()
            .AddSingleton<ApiKeyLookup>()
            .AddScoped<ApiKeyStore>()
            .AddHostedService<ApiKeyUsageWriter>();
    }
}
