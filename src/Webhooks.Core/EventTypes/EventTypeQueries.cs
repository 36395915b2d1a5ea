using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;

namespace Webhooks.Core.EventTypes;

/// <summary>Event types as far as the caller may see them.</summary>
internal static class EventTypeQueries
{
    /// <summary>An application's key sees those without a flag, and those whose flag it carries.</summary>
    public static IQueryable<EventType> Visible(this DbSet<EventType> types, Caller caller)
    {
        if (caller.Scope is not ApiKeyScope.Application)
            return types;

        var flags = caller.FeatureFlags;
        return types.Where(t => t.FeatureFlag == null || flags.Contains(t.FeatureFlag));
    }
}
