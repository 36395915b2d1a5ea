using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Health;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Core;

/// <summary>The API, all features of it.</summary>
internal static class WebhooksApi
{
    /// <summary>Where the API lives.</summary>
    public const string Base = "/api/v1";

    /// <summary>The API's own services; it stands on the store, the outbox, the deliveries' options and the secrets' protection.</summary>
    public static IServiceCollection AddWebhooksApi(this IServiceCollection services) => services
        .AddApiConventions()
        .AddApiKeys()
        .AddScoped<LaneSwitch>()
        .AddScoped<ApplicationRegistry>()
        .AddScoped<ApplicationOnTheFly>()
        .AddScoped<EventTypeRegistry>()
        .AddScoped<EndpointRegistry>()
        .AddScoped<EndpointHeaders>()
        .AddScoped<EndpointSecrets>()
        .AddScoped<Example>()
        .AddScoped<Resend>();

    /// <summary>Error bodies for everything under <c>/api</c>. Before routing, so that it sees what routing refuses.</summary>
    public static IApplicationBuilder UseWebhooksProblems(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseMiddleware<ProblemsMiddleware>());

    public static IEndpointRouteBuilder MapWebhooksApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Base).AddEndpointFilter<CheckedFilter>();
        api.MapHealth();
        api.MapApplications();
        api.MapEventTypes();
        api.MapEndpoints();
        api.MapMessages();
        api.MapAttempts();
        api.MapResend();
        api.MapApiKeys();
        return app;
    }
}
