using System.Text;
using Webhooks.Core.Data;

namespace Webhooks.Core.EventTypes;

/// <summary>Event types come and change, inside the caller's transaction.</summary>
internal sealed class EventTypeRegistry(WebhooksDbContext db, TimeProvider clock)
{
    public EventType Add(string name, EventTypeUpdate settings)
    {
        var now = clock.GetUtcMicroseconds();
        var type = new EventType { Name = name, Description = settings.Description, CreatedAt = now, UpdatedAt = now };
        db.EventTypes.Add(type);
        Update(type, settings);
        return type;
    }

    public void Update(EventType type, EventTypeUpdate settings)
    {
        (type.Description, type.Archived, type.Deprecated) = (settings.Description, settings.Archived, settings.Deprecated);
        (type.FeatureFlag, type.UpdatedAt) = (settings.FeatureFlag, clock.GetUtcMicroseconds());
        type.Schemas = settings.Schemas is { } given ? Encoding.UTF8.GetString(given.Utf8.Span) : null;
    }

    /// <summary>Hides it from lists. Endpoints that want it go on getting it.</summary>
    public void Archive(EventType type) => (type.Archived, type.UpdatedAt) = (true, clock.GetUtcMicroseconds());
}
