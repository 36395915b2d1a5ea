using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>Tries a content filter.</summary>
internal static class FilterTestApi
{
    public static void MapFilterTest(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("{endpoint_id}/filter/test", TestAsync).WithMetadata(new ActsEachTime())
            .WithName("v1.endpoint.test-filter")
            .WithSummary("Try an endpoint's content filter, or one that is not saved yet, with a payload");

    private static async Task<Results<Ok<FilterTestOut>, Problem>> TestAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<FilterTestIn> body, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Endpoints.Live(application).ByIdOrUid(endpoint).Select(e => new Saved(e.Filter))
                .FirstOrDefaultAsync(cancellationToken) is not { } saved)
            return ApiProblems.NotFound();

        var sent = body.Value.Filter;
        var filter = !sent.IsSet ? saved.Filter : sent.Value is { } given ? Encoding.UTF8.GetString(given.Utf8.Span) : null;
        using var payload = new FilteredPayload(body.Value.Payload.Utf8);
        return TypedResults.Ok(filter is null ? new FilterTestOut(true, null) : Test(ContentFilter.Parse(filter), payload));
    }

    private static FilterTestOut Test(ContentFilter filter, FilteredPayload payload) =>
        filter.FindMismatch(payload.Root) is { } mismatch
            ? new FilterTestOut(false, new FilterMismatchOut(["filter", .. mismatch.Loc], Sentence(mismatch, payload)))
            : new FilterTestOut(true, null);

    private static string Sentence(FilterMismatch mismatch, FilteredPayload payload) => mismatch.Path switch
    {
        null => $"What is in it {mismatch.Rule}.",
        { } path when path.Find(payload.Root) is { } value =>
            $"The {value.ValueKind.ToString().ToLowerInvariant()} at {path} {mismatch.Rule}.",
        { } path => $"There is nothing at {path}, which {mismatch.Rule}.",
    };

    private sealed record Saved(string? Filter);
}
