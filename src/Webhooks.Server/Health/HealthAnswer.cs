using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Webhooks.Server.Health;

/// <summary>Which checks failed, and the sentence that each gave. What an exception says stays in the log.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Checks)
{
    private const string Good = "ok";

    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(
            report.Status == HealthStatus.Healthy ? "healthy" : "unhealthy",
            report.Entries.ToDictionary(entry => entry.Key, entry => TextOf(entry.Value))),
        context.RequestAborted);

    private static string TextOf(HealthReportEntry entry) => entry switch
    {
        { Status: HealthStatus.Healthy } => Good,
        { Exception: null, Description: { } sentence } => sentence,
        _ => "failed; the log tells more",
    };
}
