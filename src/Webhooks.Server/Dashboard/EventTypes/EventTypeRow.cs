using System.Linq.Expressions;
using Webhooks.Core.EventTypes;

namespace Webhooks.Server.Dashboard.EventTypes;

/// <summary>A line of the list of event types; their schemas, which may be long, are not read for it.</summary>
internal sealed record EventTypeRow(
    string Name, string Description, bool Archived, bool Deprecated, string? FeatureFlag, bool HasSchemas, DateTimeOffset UpdatedAt)
{
    public static readonly Expression<Func<EventType, EventTypeRow>> Projection = t =>
        new EventTypeRow(t.Name, t.Description, t.Archived, t.Deprecated, t.FeatureFlag, t.Schemas != null, t.UpdatedAt);

    /// <param name="beginning">How their names begin; null for anyhow.</param>
    /// <param name="state"><c>archived</c>, <c>all</c>, or those in use.</param>
    public static IQueryable<EventType> Filter(IQueryable<EventType> types, string? beginning, string? state)
    {
        types = state switch
        {
            "all" => types,
            "archived" => types.Where(t => t.Archived),
            _ => types.Where(t => !t.Archived),
        };
        return beginning is null ? types : types.Where(t => t.Name.StartsWith(beginning));
    }
}
