using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
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
        keys.MapDelete("{key_id}", RevokeAsync).WithName("v1.api-key.revoke").WithSummary("Revoke an API key");
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

        var (key, secret) = store.Add(input.Name, input.Scope, application, input.ExpiresAt);
        return TypedResults.Created((string?)null, new NewApiKeyOut
        {
            Id = key.Id,
            Name = key.Name,
            Scope = key.Scope,
            ApplicationId = key.ApplicationId,
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = null,
            LastUsedAt = null,
            Key = secret,
        });
    }

    private static async Task<Ok<Page<ApiKeyOut>>> ListAsync(
        Query<ApiKeyQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.ApiKeys.ToPageAsync(
            query.Value.Page,
            k => k.Id,
            k => new ApiKeyOut
            {
                Id = k.Id,
                Name = k.Name,
                Scope = k.Scope,
                ApplicationId = k.ApplicationId,
                CreatedAt = k.CreatedAt,
                ExpiresAt = k.ExpiresAt,
                RevokedAt = k.RevokedAt,
                LastUsedAt = k.LastUsedAt,
            },
            k => k.Id,
            cancellationToken));

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
