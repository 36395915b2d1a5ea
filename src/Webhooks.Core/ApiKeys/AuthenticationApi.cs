using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.ApiKeys;

/// <summary>Tokens for an application's own people.</summary>
internal static class AuthenticationApi
{
    public static void MapAuthentication(this IEndpointRouteBuilder api)
    {
        var authentication = api.MapGroup("/auth").WithTags("Authentication");
        authentication.MapPost("app-portal-access/{app_id}", OpenPortalAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.authentication.app-portal-access")
            .WithSummary("Make a token for an application's own people, and the portal's address with it");
        authentication.MapPost("logout", LogoutAsync).Revokes().RequireAuthorization(Access.Any)
            .WithName("v1.authentication.logout").WithSummary("Revoke the key that calls");
        authentication.MapPost("app/{app_id}/expire-all", ExpireAllAsync).Revokes().RequireAuthorization(Access.Full)
            .WithName("v1.authentication.expire-all").WithSummary("Revoke all keys of an application");
    }

    private static async Task<Results<Ok<AppPortalAccessOut>, Problem>> OpenPortalAsync(
        [AppId] string app, Body<AppPortalAccessIn> body, Caller caller, ApplicationOnTheFly applications, PortalTokens tokens,
        HttpRequest request, CancellationToken cancellationToken)
    {
        var (application, refusal) = await applications.FindOrAddAsync(caller, app, body.Value.Application, cancellationToken);
        return application is { } id ? TypedResults.Ok(tokens.Add(id, body.Value, request)) : refusal ?? ApiProblems.NotFound();
    }

    private static async Task<Results<NoContent, Problem>> LogoutAsync(
        Caller caller, PortalTokens tokens, CancellationToken cancellationToken)
    {
        if (caller.KeyId == ApiKeyLookup.BootstrapKeyId)
            return ApiProblems.BadRequest(
                "bootstrap_key", "This key is set by Webhooks:Auth:BootstrapKey and has no row to revoke. Remove it from the settings.");

        await tokens.EndAsync(caller.KeyId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> ExpireAllAsync(
        [AppId] string app, Body<ApplicationTokenExpireIn> body, Caller caller, WebhooksDbContext db, PortalTokens tokens,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        await tokens.EndAllAsync(application, TimeSpan.FromSeconds(body.Value.Expiry ?? 0), cancellationToken);
        return TypedResults.NoContent();
    }
}
