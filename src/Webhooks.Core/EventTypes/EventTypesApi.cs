using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.EventTypes;

/// <summary>Event types, known to all applications.</summary>
internal static class EventTypesApi
{
    public static void MapEventTypes(this IEndpointRouteBuilder api)
    {
        var types = api.MapGroup("/event-type").WithTags("Event types");
        types.MapGet("", ListAsync).RequireAuthorization(Access.Application)
            .WithName("v1.event-type.list").WithSummary("List event types by name");
        types.MapPost("", CreateAsync).AddEndpointFilter<SchemasFilter<EventTypeIn>>().Writes().RequireAuthorization(Access.Full)
            .WithName("v1.event-type.create").WithSummary("Create an event type, or bring an archived one back");
        types.MapGet("{event_type_name}", GetAsync).RequireAuthorization(Access.Application)
            .WithName("v1.event-type.get").WithSummary("Get an event type with its schemas");
        types.MapPut("{event_type_name}", ReplaceAsync)
            .AddEndpointFilter<SchemasFilter<EventTypeUpdate>>().Writes().RequireAuthorization(Access.Full)
            .WithName("v1.event-type.update").WithSummary("Replace an event type's settings, or create it");
        types.MapPatch("{event_type_name}", PatchAsync)
            .AddEndpointFilter<SchemasFilter<EventTypePatch>>().Writes().RequireAuthorization(Access.Full)
            .WithName("v1.event-type.patch").WithSummary("Change some of an event type's settings");
        types.MapDelete("{event_type_name}", DeleteAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.event-type.delete").WithSummary("Archive an event type, or remove it with expunge=true");
    }

    private static async Task<Ok<Page<EventTypeOut>>> ListAsync(
        Query<EventTypeListQuery> query, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var (withContent, includeArchived) = (query.Value.WithContent, query.Value.IncludeArchived);
        return TypedResults.Ok(await db.EventTypes.Visible(caller).AsNoTracking()
            .Where(t => includeArchived || !t.Archived)
            .ToPageAsync(
                query.Value.Page, t => t.Name, t => EventTypeOut.Of(t, withContent ? t.Schemas : null), t => t.Name, cancellationToken));
    }

    private static async Task<Results<Ok<EventTypeOut>, Problem>> GetAsync(
        [EventTypeName] string name, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var type = await db.EventTypes.Visible(caller).AsNoTracking().FirstOrDefaultAsync(t => t.Name == name, cancellationToken);
        return type is null ? ApiProblems.NotFound() : TypedResults.Ok(EventTypeOut.Of(type));
    }

    private static async Task<Results<Created<EventTypeOut>, Problem>> CreateAsync(
        Body<EventTypeIn> body, WebhooksDbContext db, EventTypeRegistry registry, CancellationToken cancellationToken)
    {
        var input = body.Value;
        var type = await db.EventTypes.FirstOrDefaultAsync(t => t.Name == input.Name, cancellationToken);
        if (type is { Archived: false })
            return ApiProblems.Conflict("An event type with this name exists. Choose another name.", "event_type_exists");

        if (type is null)
            type = registry.Add(input.Name, input);
        else
            registry.Update(type, input);
        return TypedResults.Created((string?)null, EventTypeOut.Of(type));
    }

    private static async Task<Results<Ok<EventTypeOut>, Created<EventTypeOut>, Problem>> ReplaceAsync(
        [EventTypeName] string name, Body<EventTypeUpdate> body, WebhooksDbContext db, EventTypeRegistry registry,
        CancellationToken cancellationToken)
    {
        if (TextRule.EventType.FindFault(name) is { } broken)
            return ApiProblems.Invalid(["path", "event_type_name"], broken);
        if (await db.EventTypes.FirstOrDefaultAsync(t => t.Name == name, cancellationToken) is not { } found)
            return TypedResults.Created((string?)null, EventTypeOut.Of(registry.Add(name, body.Value)));

        registry.Update(found, body.Value);
        return TypedResults.Ok(EventTypeOut.Of(found));
    }

    private static async Task<Results<Ok<EventTypeOut>, Problem>> PatchAsync(
        [EventTypeName] string name, Body<EventTypePatch> body, WebhooksDbContext db, EventTypeRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await db.EventTypes.FirstOrDefaultAsync(t => t.Name == name, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        registry.Update(found, body.Value.ApplyTo(found));
        return TypedResults.Ok(EventTypeOut.Of(found));
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [EventTypeName] string name, Query<ExpungeQuery> query, WebhooksDbContext db, EventTypeRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await db.EventTypes.FirstOrDefaultAsync(t => t.Name == name, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        if (query.Value.Expunge)
            db.EventTypes.Remove(found);
        else
            registry.Archive(found);
        return TypedResults.NoContent();
    }
}
