using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core;

/// <summary>The API, all features of it.</summary>
internal static class WebhooksApi
{
    /// <summary>Where the API lives.</summary>
    public const string Base = "/api/v1";

    public static IServiceCollection AddWebhooksApi(this IServiceCollection services) => services
        .AddApiConventions()
        .AddApiKeys();

    /// <summary>Error bodies for everything under <c>/api</c>. Before routing, so that it sees what routing refuses.</summary>
    public static IApplicationBuilder UseWebhooksProblems(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseMiddleware<ProblemsMiddleware>());

    public static IEndpointRouteBuilder MapWebhooksApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Base).AddEndpointFilter<CheckedFilter>();
        api.MapApiKeys();
        return app;
    }
}
