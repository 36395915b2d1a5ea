using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Audit;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Channels;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Health;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Polling;
using Webhooks.Core.UnknownOutcomes;

namespace Webhooks.Core;

/// <summary>The API, all features of it.</summary>
internal static class WebhooksApi
{
    /// <summary>Where the API lives.</summary>
    public const string Base = "/api/v1";

    // The longest that browsers remember.
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromHours(2);

    /// <summary>The API's own services; it stands on the store, the outbox, the deliveries' options and the secrets' protection.</summary>
    public static IServiceCollection AddWebhooksApi(this IServiceCollection services) => services
        .AddApiConventions()
        .AddApiKeys()
        .AddScoped<AuditTrail>()
        .AddScoped<LaneSwitch>()
        .AddScoped<EndpointEvents>()
        .AddScoped<ApplicationRegistry>()
        .AddScoped<ApplicationOnTheFly>()
        .AddScoped<EventTypeRegistry>()
        .AddScoped<EndpointRegistry>()
        .AddScoped<EndpointHeaders>()
        .AddScoped<EndpointSecrets>()
        .AddScoped<EndpointPause>()
        .AddScoped<Example>()
        .AddScoped<PayloadCheck>()
        .AddSingleton(provider => new PayloadSchemas(provider.GetRequiredService<ILogger<PayloadSchemas>>()))
        .AddScoped<StoredSecretsCheck>()
        .AddScoped<Resend>()
        .AddIncidents()
        .AddScoped<DeadLetterDesk>()
        .AddBackgroundTasks()
        .AddNotifications()
        .AddPolling();

    /// <summary>What stands before every operation: error bodies, browsers, routing, who calls, how often, and whether they may.</summary>
    public static IApplicationBuilder UseWebhooksApi(this IApplicationBuilder app) => app
        .UseWebhooksProblems()
        .UseWebhooksCors()
        .UseRouting()
        .UseAuthentication()
        .UseRateLimiter()
        .UseAuthorization();

    /// <summary>Error bodies for everything under <c>/api</c>. Before routing, so that it sees what routing refuses.</summary>
    private static IApplicationBuilder UseWebhooksProblems(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseMiddleware<ProblemsMiddleware>());

    /// <summary>
    /// Lets the scripts of any page call the API: they send a key that they were given, never the browser's cookies, so a page can do
    /// nothing that its own server could not.
    /// </summary>
    private static IApplicationBuilder UseWebhooksCors(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/api"),
        api => api.UseCors(policy => policy
            .AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader()
            .WithExposedHeaders(HeaderNames.RetryAfter).SetPreflightMaxAge(PreflightMaxAge)));

    public static IEndpointRouteBuilder MapWebhooksApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Base).AddEndpointFilter<CheckedFilter>();
        api.MapHealth();
        api.MapApplications();
        api.MapEventTypes();
        api.MapEndpoints();
        api.MapMessages();
        api.MapAttempts();
        api.MapAttemptContent();
        api.MapDestinations();
        api.MapResend();
        api.MapPoller();
        api.MapOperationalWebhooks();
        api.MapDeadLetters();
        api.MapUnknownOutcomes();
        api.MapReplays();
        api.MapUsage();
        api.MapBackgroundTasks();
        api.MapAuthentication();
        api.MapApiKeys();
        api.MapNodes();
        api.MapIncidents();
        api.MapEscalationPolicies();
        api.MapChannels();
        api.MapNotifications();
        api.MapLedger();
        api.MapAudit();
        return app;
    }
}
