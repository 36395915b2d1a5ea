using Hangfire;

namespace Webhooks.Server.Jobs;

/// <summary>Hangfire's own dashboard: which jobs ran, and how they fared.</summary>
internal static class JobsPage
{
    public const string Path = "/hangfire";

    /// <summary>For a route that says who may look: Hangfire's own rule lets in whoever comes from this machine, behind a proxy everyone.</summary>
    public static IEndpointConventionBuilder MapJobsPage(this IEndpointRouteBuilder app) =>
        app.MapHangfireDashboard(Path, new DashboardOptions { Authorization = [], DashboardTitle = "Webhooks · Hangfire" });
}
