using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.BackgroundTasks.Usage;

/// <summary>What applications used.</summary>
internal static class UsageApi
{
    // Each has an entry in the task's data, which is one text.
    private const int MaxApplications = 5_000;

    public static void MapUsage(this IEndpointRouteBuilder api) =>
        api.MapPost("/stats/usage/app", CountAsync).StartsTask().RequireAuthorization(Access.Full).WithTags("Statistics")
            .WithName("v1.statistics.aggregate-app-stats").WithSummary("Count the messages of applications and the endpoints they went to");

    private static async Task<Results<Accepted<AppUsageStatsOut>, Problem>> CountAsync(
        Body<AppUsageStatsIn> body, WebhooksDbContext db, BackgroundTaskRegistry tasks, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var known = body.Value.AppIds is { } named ? await FindAsync(db, named, cancellationToken) : null;
        if (known is { Count: 0 })
            return ApiProblems.Invalid(["body", "appIds"], "No application has any of these ids or uids.");
        if (known is null && await db.Applications.Live().CountAsync(cancellationToken) > MaxApplications)
            return ApiProblems.Invalid(
                ["body", "appIds"], "There are more than 5,000 applications: name those to count, 1,000 in each request.");

        var parameters = body.Value.ToParameters(clock.GetUtcMicroseconds(), known?.Values.Distinct().Order().ToList());
        var task = tasks.Add(BackgroundTaskKind.ApplicationUsage, null, null, parameters, new UsageProgress([]));
        var unresolved = (body.Value.AppIds ?? []).Where(name => known?.ContainsKey(name) == false);
        return TypedResults.Accepted((string?)null, new AppUsageStatsOut(task, [.. unresolved]));
    }

    /// <summary>The applications by the names that were used for them.</summary>
    private static async Task<Dictionary<string, ApplicationId>> FindAsync(
        WebhooksDbContext db, List<string> names, CancellationToken cancellationToken)
    {
        var ids = names.Select(name => IdText.TryParse<ApplicationId>(name, out var id) ? id : default).Where(id => id != default).ToList();
        var found = await db.Applications.Live().Where(a => ids.Contains(a.Id) || names.Contains(a.Uid!))
            .Select(a => new { a.Id, a.Uid }).ToListAsync(cancellationToken);
        return found
            .SelectMany(a => new[] { (Name: a.Id.ToString(), a.Id), (Name: a.Uid ?? "", a.Id) })
            .Where(pair => names.Contains(pair.Name, StringComparer.Ordinal))
            .ToDictionary(pair => pair.Name, pair => pair.Id, StringComparer.Ordinal);
    }
}
