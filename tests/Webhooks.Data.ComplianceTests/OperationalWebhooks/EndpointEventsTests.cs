using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.OperationalWebhooks;

/// <summary>What owners' doings write down for operational webhooks.</summary>
public abstract class EndpointEventsTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task DeleteApplication_VeryManyEndpoints_TellsOfEachOnceWithTheUidItHad()
    {
        await Given.EndpointAsync(OperationalApplication.Id);
        var (application, other) = (await Given.ApplicationAsync(), await Given.ApplicationAsync());
        await Given.SaveAsync([.. Enumerable.Range(0, 1_001).Select(n => Endpoint(application, $"e{n}"))]);
        await Given.SaveAsync(Endpoint(application, null, deleted: true), Endpoint(other, "stays"));

        await DeleteAsync(application);

        var told = await Db.OperationalEvents.OrderBy(e => e.Id).ToListAsync(Cancel);
        told.ShouldAllBe(e => e.Type == OperationalEventType.EndpointDeleted && e.MessageId == null && e.CreatedAt == Now);
        told.Select(e => e.EndpointUid).ShouldBe(Enumerable.Range(0, 1_001).Select(n => $"e{n}"));
        (await Db.Endpoints.CountAsync(e => e.Uid != null, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task DeleteApplication_NobodyListens_WritesNothing()
    {
        var application = await Given.ApplicationAsync();
        await Given.SaveAsync(Endpoint(application, "e"));

        await DeleteAsync(application);

        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Add_RolledBack_TellsNothing()
    {
        await Given.EndpointAsync(OperationalApplication.Id);
        var endpoint = await Given.EndpointAsync();
        await using var db = NewContext();
        var events = new EndpointEvents(db, Ids, Clock);

        await using (await Sql.BeginWriteAsync(db, Cancel))
            await events.AddAsync(OperationalEventType.EndpointUpdated, db.Endpoints.Where(e => e.Id == endpoint), Cancel);

        (await Db.OperationalEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    private Task DeleteAsync(ApplicationId application) => Given.WriteAsync(db =>
        new ApplicationRegistry(db, new LaneSwitch(db, Clock), new EndpointEvents(db, Ids, Clock), Ids, Clock)
            .DeleteAsync(application, Cancel));

    private Endpoint Endpoint(ApplicationId application, string? uid, bool deleted = false) => new()
    {
        Id = Ids.New<EndpointId>(), ApplicationId = application, Uid = uid, Url = "https://example.com", CreatedAt = Now, UpdatedAt = Now,
        DeletedAt = deleted ? Now : null,
    };
}
