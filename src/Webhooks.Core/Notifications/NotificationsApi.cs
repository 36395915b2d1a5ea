using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Notifications;

/// <summary>What people were told, and what they could not be told.</summary>
internal static class NotificationsApi
{
    public static void MapNotifications(this IEndpointRouteBuilder api) =>
        api.MapGet("/notification", ListAsync).RequireAuthorization(Access.Full).WithTags("Notifications")
            .WithName("v1.notification.list").WithSummary("List notifications, newest first");

    private static async Task<Ok<Page<NotificationOut>>> ListAsync(
        Query<NotificationListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await Where(db.Notifications, query.Value)
            .ToPageAsync(query.Value.Page, n => n.Id, NotificationOut.Projection, n => n.Id, cancellationToken));

    private static IQueryable<Notification> Where(IQueryable<Notification> notifications, NotificationListQuery query)
    {
        if (query.IncidentId is { } incident)
            notifications = notifications.Where(n => n.IncidentId == incident);
        if (query.ChannelId is { } channel)
            notifications = notifications.Where(n => n.ChannelId == channel);
        if (query.State is { } state)
            notifications = notifications.Where(n => n.State == state);
        return notifications;
    }
}
