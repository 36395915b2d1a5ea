using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Applications;

/// <summary>Applications come and go, inside the caller's transaction.</summary>
internal sealed class ApplicationRegistry(
    WebhooksDbContext db, LaneSwitch lanes, EndpointEvents events, IdGenerator ids, TimeProvider clock)
{
    public Task<ApplicationOut?> FindByUidAsync(string uid, CancellationToken cancellationToken) =>
        db.Applications.Where(a => a.Uid == uid && a.DeletedAt == null)
            .Select(ApplicationOut.Projection).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Whether another application than <paramref name="self"/> has the uid.</summary>
    public async Task<bool> IsTakenAsync(string? uid, ApplicationId self, CancellationToken cancellationToken) =>
        uid is not null && await db.Applications.AnyAsync(a => a.Uid == uid && a.Id != self && a.DeletedAt == null, cancellationToken);

    public Application Add(ApplicationIn input)
    {
        var now = clock.GetUtcMicroseconds();
        var application = new Application
        {
            Id = ids.New<ApplicationId>(),
            Name = input.Name,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Change(application, input);
        db.Applications.Add(application);
        return application;
    }

    public void Update(Application application, ApplicationIn settings)
    {
        Change(application, settings);
        application.UpdatedAt = clock.GetUtcMicroseconds();
    }

    /// <summary>
    /// Hides it and its endpoints, frees their uids and holds their lanes. What waits in them is canceled in the background.
    /// </summary>
    public async Task DeleteAsync(ApplicationId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await lanes.HoldAllAsync(id, cancellationToken); // first, as wherever lanes and what they belong to are locked
        await events.AddAsync(
            OperationalEventType.EndpointDeleted, db.Endpoints.Where(e => e.ApplicationId == id && e.DeletedAt == null), cancellationToken);
        await db.Applications.Where(a => a.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.DeletedAt, now).SetProperty(a => a.UpdatedAt, now).SetProperty(a => a.Uid, (string?)null),
            cancellationToken);
        await db.Endpoints.Where(e => e.ApplicationId == id && e.DeletedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.DeletedAt, now).SetProperty(e => e.UpdatedAt, now).SetProperty(e => e.Uid, (string?)null),
            cancellationToken);
    }

    private static void Change(Application application, ApplicationIn settings)
    {
        (application.Name, application.Uid) = (settings.Name, settings.Uid);
        (application.ThrottleRate, application.Metadata) = (settings.ThrottleRate, settings.Metadata);
    }
}
