using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Security;
using Webhooks.Protocol;
using SecretText = Webhooks.Core.Security.Signing.EndpointSecret;

namespace Webhooks.Core.Endpoints;

/// <summary>The signing secret of an endpoint.</summary>
internal static class EndpointSecretsApi
{
    public static void MapEndpointSecrets(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("{endpoint_id}/secret", GetAsync)
            .WithName("v1.endpoint.get-secret").WithSummary("Get what a subscriber verifies deliveries with");

    private static async Task<Results<Ok<EndpointSecretOut>, Problem>> GetAsync(
        [AppId] string app, [EndpointId] string endpoint, Caller caller, WebhooksDbContext db, SecretProtectors protectors,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        var current = await db.EndpointSecrets
            .Where(s => s.EndpointId == id && s.ExpiresAt == null)
            .OrderByDescending(s => s.Id).Select(s => s.Protected)
            .FirstAsync(cancellationToken);
        return SigningSecret.TryParse(protectors.EndpointSecrets.Unprotect(current), out var secret, out var error)
            ? TypedResults.Ok(new EndpointSecretOut(SecretText.RevealToSubscriber(secret)))
            : throw new InvalidOperationException($"The stored secret of {id} can't be read: {error}");
    }
}
