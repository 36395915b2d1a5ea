using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Health;

/// <summary>For load balancers and supervisors; open to anyone.</summary>
internal static class HealthApi
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder api)
    {
        var health = api.MapGroup("/health").AllowAnonymous().DisableRateLimiting().WithTags("Health");
        health.MapMethods("", Methods, CheckAsync)
            .WithName("v1.health.get").WithSummary("Whether the service can do its work: its database answers");
        health.MapMethods("ping", Methods, TypedResults.NoContent).WithName("v1.health.ping").WithSummary("Whether the process answers");
    }

    private static async Task<Results<NoContent, Problem>> CheckAsync(WebhooksDbContext db, CancellationToken cancellationToken) =>
        await db.Database.CanConnectAsync(cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblems.Unavailable("The database does not answer. The service goes on by itself once it does.");
}
