using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Endpoint = Webhooks.Core.Endpoints.Endpoint;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>Which endpoints the list shows.</summary>
/// <param name="Application">Only those of this application; null for all.</param>
/// <param name="State">Only those that are so, a word of <see cref="States"/>; null for all.</param>
/// <param name="Text">Only those whose URL or uid has it; within an application only, because no index finds it.</param>
internal sealed record EndpointListFilter(ApplicationId? Application, string? State, string? Text)
{
    public static readonly IReadOnlyList<(string Word, string Text)> States =
    [
        ("healthy", "Healthy"), ("failing", "Failing"), ("resting", "Resting"), ("paused", "Paused"), ("disabled", "Disabled"),
        ("held", "With held deliveries"),
    ];

    public IQueryable<Endpoint> Filter(WebhooksDbContext db, DateTimeOffset now)
    {
        var endpoints = Of(db.Endpoints.Where(e => e.DeletedAt == null), db, now);
        if (Application is not { } application)
            return endpoints.Where(e => db.Applications.Any(a => a.Id == e.ApplicationId && a.DeletedAt == null));

        endpoints = endpoints.Where(e => e.ApplicationId == application);
        if (Text is null)
            return endpoints;

        return IdText.TryParse<EndpointId>(Text, out var id)
            ? endpoints.Where(e => e.Id == id)
            : endpoints.Where(e => e.Url.Contains(Text) || e.Uid!.Contains(Text));
    }

    // Of lanes in trouble there are few, and an index has just them: they are what is looked at, not every endpoint.
    private IQueryable<Endpoint> Of(IQueryable<Endpoint> endpoints, WebhooksDbContext db, DateTimeOffset now)
    {
        var failing = db.Lanes.Where(l => l.FailingSince != null).Select(l => l.EndpointId);
        var resting = db.Lanes.Where(l => l.PausedUntil > now).Select(l => l.EndpointId);
        return State switch
        {
            "healthy" => endpoints.Where(e => !e.Disabled && e.PausedAt == null && !failing.Contains(e.Id) && !resting.Contains(e.Id)),
            "failing" => endpoints.Where(e => failing.Contains(e.Id)),
            "resting" => endpoints.Where(e => resting.Contains(e.Id)),
            "paused" => endpoints.Where(e => e.PausedAt != null),
            "disabled" => endpoints.Where(e => e.Disabled),
            "held" => endpoints.Where(e => db.Deliveries.Any(d => d.EndpointId == e.Id && d.State == DeliveryState.Held)),
            _ => endpoints,
        };
    }
}
