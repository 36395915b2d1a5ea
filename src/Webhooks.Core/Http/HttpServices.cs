using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Http;

internal static class HttpServices
{
    /// <summary>What every feature's API shares.</summary>
    public static IServiceCollection AddApiConventions(this IServiceCollection services)
    {
        services.AddSettings<ApiOptions>(ApiOptions.Section);
        services.Configure<JsonOptions>(options => ApiJson.Configure(options.SerializerOptions));
        return services.AddCors().AddSingleton<IdempotentAnswers>();
    }
}
