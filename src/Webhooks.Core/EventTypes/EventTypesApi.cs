using System.Text;
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
        types.MapPost("", CreateAsync).AddEndpointFilter<SchemasFilter>().Writes().RequireAuthorization(Access.Full)
            .WithName("v1.event-type.create").WithSummary("Create an event type, or bring an archived one back");
        types.MapGet("{event_type_name}", GetAsync).RequireAuthorization(Access.Application)
            .WithName("v1.event-type.get").WithSummary("Get an event type with its schemas");
    }

    private static async Task<Ok<Page<EventTypeOut>>> ListAsync(
        Query<EventTypeListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var (withContent, includeArchived) = (query.Value.WithContent, query.Value.IncludeArchived);
        return TypedResults.Ok(await db.EventTypes.AsNoTracking()
            .Where(t => includeArchived || !t.Archived)
            .ToPageAsync(
                query.Value.Page, t => t.Name, t => EventTypeOut.Of(t, withContent ? t.Schemas : null), t => t.Name, cancellationToken));
    }

    private static async Task<Results<Ok<EventTypeOut>, Problem>> GetAsync(
        [EventTypeName] string name, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var type = await db.EventTypes.AsNoTracking().FirstOrDefaultAsync(t => t.Name == name, cancellationToken);
        return type is null ? ApiProblems.NotFound() : TypedResults.Ok(EventTypeOut.Of(type));
    }

    private static async Task<Results<Created<EventTypeOut>, Problem>> CreateAsync(
        Body<EventTypeIn> body, WebhooksDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var input = body.Value;
        var now = clock.GetUtcMicroseconds();
        var type = await db.EventTypes.FirstOrDefaultAsync(t => t.Name == input.Name, cancellationToken);
        if (type is { Archived: false })
            return ApiProblems.Conflict("An event type with this name exists. Choose another name.", "event_type_exists");

        if (type is null)
        {
            type = new EventType { Name = input.Name, Description = input.Description, CreatedAt = now, UpdatedAt = now };
            db.EventTypes.Add(type);
        }

        (type.Description, type.Archived, type.Deprecated) = (input.Description, input.Archived, input.Deprecated);
        (type.FeatureFlag, type.UpdatedAt) = (input.FeatureFlag, now);
        type.Schemas = input.Schemas is { } given ? Encoding.UTF8.GetString(given.Utf8.Span) : null;
        return TypedResults.Created((string?)null, EventTypeOut.Of(type));
    }
}
