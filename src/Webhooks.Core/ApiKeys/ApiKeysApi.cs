using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.ApiKeys;

/// <summary>Keys are made, listed and revoked by whoever has full access.</summary>
internal static class ApiKeysApi
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-key").RequireAuthorization(Access.Full).WithTags("API keys");
        keys.MapPost("", CreateAsync).Writes().WithName("v1.api-key.create").WithSummary("Create an API key; its text is shown once");
        keys.MapGet("", ListAsync).WithName("v1.api-key.list").WithSummary("List API keys, newest first");
        keys.MapGet("{key_id}", GetAsync).WithName("v1.api-key.get").WithSummary("Get an API key; its text is not shown again");
        keys.MapPost("{key_id}/rotate", RotateAsync).Revokes()
            .WithName("v1.api-key.rotate").WithSummary("Replace an API key by a new one; the old one works for a while longer");
        keys.MapDelete("{key_id}", RevokeAsync).Revokes().WithName("v1.api-key.revoke").WithSummary("Revoke an API key");
    }

    private static async Task<Results<Created<NewApiKeyOut>, Problem>> CreateAsync(
        Body<ApiKeyIn> body, Caller caller, WebhooksDbContext db, ApiKeyStore store, CancellationToken cancellationToken)
    {
        var input = body.Value;
        ApplicationId? application = null;
        if (input.ApplicationId is { } idOrUid)
        {
            application = await db.FindApplicationAsync(caller, idOrUid, cancellationToken);
            if (application is null)
                return ApiProblems.Invalid(["body", "applicationId"], "There is no such application.");
        }

        var (key, secret) = store.Add(
            new NewApiKey(input.Name, input.Scope, application, input.ExpiresAt) { RequestsPerSecond = input.RequestsPerSecond });
        return TypedResults.Created((string?)null, NewApiKeyOut.Of(key, secret));
    }

    private static async Task<Ok<Page<ApiKeyOut>>> ListAsync(
        Query<ApiKeyQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.ApiKeys.ToPageAsync(query.Value.Page, k => k.Id, ApiKeyOut.Projection, k => k.Id, cancellationToken));

    private static async Task<Results<Ok<ApiKeyOut>, Problem>> GetAsync(
        [KeyId] string key, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<ApiKeyId>(key, out var id))
            return ApiProblems.NotFound();

        var found = await db.ApiKeys.Where(k => k.Id == id).Select(ApiKeyOut.Projection).FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblems.NotFound() : TypedResults.Ok(found);
    }

    private static async Task<Results<Created<NewApiKeyOut>, Problem>> RotateAsync(
        [KeyId] string key, Body<ApiKeyRotateIn> body, WebhooksDbContext db, ApiKeyStore store, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<ApiKeyId>(key, out var id)
            || await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Id == id, cancellationToken) is not { } old)
            return ApiProblems.NotFound();

        if (await store.RotateAsync(old, body.Value.GracePeriod, cancellationToken) is not var (made, secret))
            return ApiProblems.Conflict("This API key has been revoked or has expired. Make a new one.", "key_ended");

        return TypedResults.Created((string?)null, NewApiKeyOut.Of(made, secret));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(
        [KeyId] string key, ApiKeyStore store, CancellationToken cancellationToken) =>
        IdText.TryParse<ApiKeyId>(key, out var id) && await store.RevokeAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblems.NotFound();

    internal sealed record ApiKeyQuery(PageRequest<ApiKeyId> Page) : IQuery<ApiKeyQuery>
    {
        public static ApiKeyQuery Read(QueryReader query) => new(query.Page<ApiKeyId>(isAscending: false));
    }
}
