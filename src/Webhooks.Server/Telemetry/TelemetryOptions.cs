using System.ComponentModel.DataAnnotations;

namespace Webhooks.Server.Telemetry;

/// <summary>
/// What the server tells about itself, and to whom. Configuration section <c>Webhooks:Telemetry</c>. Read once at start. Metrics and
/// traces also go to a collector when the environment has OTEL_EXPORTER_OTLP_ENDPOINT; the other OTEL_ variables work as OpenTelemetry
/// defines them.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Telemetry";

    /// <summary>Whether <c>/metrics</c> answers with all metrics in the format of Prometheus.</summary>
    /// <value><c>Off</c> or <c>On</c>; default <c>On</c>.</value>
    [EnumDataType(typeof(PrometheusEndpoint), ErrorMessage = Section + ":Prometheus must be Off or On.")]
    public PrometheusEndpoint Prometheus { get; init; } = PrometheusEndpoint.On;

    /// <summary>
    /// The key that a caller of <c>/metrics</c> sends as <c>Authorization: Bearer &lt;key&gt;</c>. Without one only callers on the same
    /// machine are answered, and nothing that a proxy passed on.
    /// </summary>
    /// <value>32 to 256 characters; default none.</value>
    [StringLength(256, MinimumLength = 32, ErrorMessage =
        Section + ":PrometheusKey must have 32 to 256 characters. Make one with: openssl rand -base64 32")]
    public string? PrometheusKey { get; init; }

    /// <summary>Whether the log on the console is one JSON object a line, with the ids of trace and span in it.</summary>
    /// <value>Default true outside Development, false in it.</value>
    public bool? JsonLogs { get; init; }
}

/// <summary>Whether the endpoint for Prometheus is there.</summary>
public enum PrometheusEndpoint
{
    /// <summary>Not found.</summary>
    Off,

    /// <summary>Answers, as <see cref="TelemetryOptions.PrometheusKey"/> allows.</summary>
    On,
}
