using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Settings;
using Webhooks.Core.Telemetry;

namespace Webhooks.Server.Telemetry;

/// <summary>Who listens to the service: a collector by OTLP, Prometheus, the console. Where nobody does, nothing is measured.</summary>
internal static class ServerTelemetry
{
    public const string MetricsPath = "/metrics";

    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly string[] Unasked = [MetricsPath, "/health", "/api/v1/health"];

    public static void AddWebhooksTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetryOptions>(TelemetryOptions.Section);
        builder.Services.AddTelemetry();

        // Read here rather than when first used: who listens is decided while services are added.
        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options.JsonLogs ?? !builder.Environment.IsDevelopment())
        {
            builder.Logging.AddJsonConsole(console =>
                (console.UseUtcTimestamp, console.TimestampFormat, console.IncludeScopes) = (true, "O", true));
        }

        var prometheus = options.Prometheus == PrometheusEndpoint.On;
        var otlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        if (!prometheus && !otlp)
            return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(Describe)
            .WithMetrics(metrics => Export(metrics, prometheus, otlp));
        if (otlp)
            telemetry.WithTracing(Export);
    }

    /// <summary>The endpoint for Prometheus, before anything that asks who calls: it has a key of its own.</summary>
    public static void UseWebhooksMetrics(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        if (options.Prometheus != PrometheusEndpoint.On)
            return;

        var guard = new MetricsGuard(options.PrometheusKey);
        app.MapWhen(context => context.Request.Path == MetricsPath, metrics =>
        {
            metrics.Use(guard.InvokeAsync);
            metrics.UseOpenTelemetryPrometheusScrapingEndpoint();
        });
    }

    private static void Describe(ResourceBuilder resource)
    {
        var version = typeof(ServerTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        resource
            .AddService("webhooks", serviceVersion: version, autoGenerateServiceInstanceId: false)
            .AddDetector(provider => new NodeDetector(provider.GetRequiredService<NodeName>()))
            .AddEnvironmentVariableDetector(); // last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win
    }

    private static void Export(MeterProviderBuilder metrics, bool prometheus, bool otlp)
    {
        // Not System.Net.Http: it counts by host, and every subscriber is one. Npgsql counts its round trips, where it is used.
        metrics.AddMeter(WebhooksMeter.Name, "System.Runtime", "Npgsql").AddAspNetCoreInstrumentation();
        if (prometheus)
            metrics.AddPrometheusExporter();
        if (otlp)
            metrics.AddOtlpExporter();
    }

    private static void Export(TracerProviderBuilder traces) => traces
        .AddSource(Tracing.Name)
        .AddAspNetCoreInstrumentation(requests =>
            requests.Filter = context => !Unasked.Any(path => context.Request.Path.StartsWithSegments(path)))
        .AddHttpClientInstrumentation()
        .AddOtlpExporter();

    private sealed class NodeDetector(NodeName node) : IResourceDetector
    {
        public Resource Detect() => new([new("service.instance.id", node.Value)]);
    }
}
