using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.DeadLetters;

internal static class DeadLetterQueries
{
    /// <summary>
    /// Dead letters that are in front of a human: nobody has sent their message to their endpoint again, and the endpoint is there.
    /// </summary>
    public static IQueryable<Delivery> Undecided(this IQueryable<Delivery> deliveries, WebhooksDbContext db) => deliveries
        .Where(d => d.State == DeliveryState.Dead
            && db.Endpoints.Where(e => e.Id == d.EndpointId).Select(e => e.DeletedAt).FirstOrDefault() == null)
        .Newest(db);
}
