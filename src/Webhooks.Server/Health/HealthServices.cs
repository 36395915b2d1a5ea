using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Webhooks.Server.Health;

/// <summary>For whoever starts, stops and balances nodes; open to anyone, so nothing is told but which check failed.</summary>
internal static class HealthServices
{
    public const string LivePath = "/health/live";
    public const string ReadyPath = "/health/ready";

    private const string Live = "live";
    private const string Ready = "ready";

    public static IServiceCollection AddWebhooksHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: DatabaseCheck.Patience)
            .AddCheck<SchemaCheck>("schema", tags: [Ready], timeout: DatabaseCheck.Patience)
            .AddCheck<KeyRingReadable>("keys", tags: [Ready]);
        return services.AddSingleton<SchemaCheck>();
    }

    /// <summary>For nodes that deliver: their pump must go round.</summary>
    public static IServiceCollection AddPumpHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<PumpReady>("deliveries", tags: [Ready])
            .AddCheck<PumpAlive>("deliveries-alive", tags: [Live]);
        return services;
    }

    /// <summary>
    /// Live: restarting would not help, as far as the node can tell; it does not look at the database. Ready: it can do all its work.
    /// </summary>
    public static void MapWebhooksHealth(this WebApplication app)
    {
        app.MapHealthChecks(LivePath, Of(Live)).AllowAnonymous();
        app.MapHealthChecks(ReadyPath, Of(Ready)).AllowAnonymous();
    }

    private static HealthCheckOptions Of(string tag) =>
        new() { Predicate = check => check.Tags.Contains(tag), ResponseWriter = HealthAnswer.WriteAsync };
}
