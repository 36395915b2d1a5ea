using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Polling;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.Retention;

/// <summary>What becomes of endpoints and applications that their owner deleted.</summary>
public abstract class DeletedRetentionTests(Store store) : RetentionTests(store)
{
    [Fact]
    public async Task Endpoints_DeletedAPeriodAgo_GoWithAllOfTheirs()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.SaveAsync(new PollConsumer { EndpointId = endpoint, Name = "warehouse", Sequence = 1, UpdatedAt = Now });
        await DeleteAndCleanAsync(endpoint);
        using var readings = new Readings(Meters);

        Clock.Advance(Periods.Messages - Moment);
        await RemoveEndpointsAsync();
        var before = await Db.Endpoints.AnyAsync(e => e.Id == endpoint, Cancel);
        Clock.Advance(Moment);
        await RemoveEndpointsAsync();

        before.ShouldBeTrue();
        (await Db.Endpoints.AnyAsync(e => e.Id == endpoint, Cancel)).ShouldBeFalse();
        (await Db.EndpointSecrets.AnyAsync(s => s.EndpointId == endpoint, Cancel)).ShouldBeFalse();
        (await Db.PollConsumers.AnyAsync(Cancel)).ShouldBeFalse();
        readings["webhooks.retention.removed{what=endpoint}"].ShouldBe(1);
    }

    [Fact]
    public async Task Endpoints_SomethingStillRefersToThem_Stay()
    {
        var (history, tried, told, onItsWay) = (
            await Given.EndpointAsync(), await Given.EndpointAsync(), await Given.EndpointAsync(), await Given.EndpointAsync());
        await EndedAsync(history, Answers.Ok);
        await EndedAsync(tried, Answers.Ok);
        foreach (var endpoint in new[] { history, tried, told })
            await DeleteAndCleanAsync(endpoint);
        await DeleteAsync(onItsWay); // its lane is still there
        await Given.WriteAsync(db => db.Deliveries.Where(d => d.EndpointId == tried).ExecuteDeleteAsync(Cancel));
        await Given.WriteAsync(db => db.Attempts.Where(a => a.EndpointId == history).ExecuteDeleteAsync(Cancel));
        await Given.SaveAsync(new OperationalEvent
        {
            Id = Ids.New<OperationalEventId>(), Type = OperationalEventType.EndpointDeleted, EndpointId = told, CreatedAt = Now,
        });
        Clock.Advance(Periods.Messages);

        await RemoveEndpointsAsync();

        var left = await Db.Endpoints.Select(e => e.Id).ToListAsync(Cancel);
        left.ShouldBe([history, tried, told, onItsWay], ignoreOrder: true);
    }

    [Fact]
    public async Task Endpoints_ManyOfThem_GoInAllBatches()
    {
        var application = await Given.ApplicationAsync();
        await Given.SaveAsync([.. Enumerable.Range(0, 250).Select(_ => new Endpoint
        {
            Id = Ids.New<EndpointId>(), ApplicationId = application, Url = "https://example.com", CreatedAt = Now, UpdatedAt = Now,
            DeletedAt = Now,
        })]);
        var alive = await Given.EndpointAsync(application);
        Clock.Advance(Periods.Messages);

        await RemoveEndpointsAsync();

        (await Db.Endpoints.SingleAsync(Cancel)).Id.ShouldBe(alive);
    }

    [Fact]
    public async Task Applications_DeletedAPeriodAgo_GoWithTheirKeys()
    {
        var application = await Given.ApplicationAsync();
        await Given.SaveAsync(Key(application), Key(null));
        await DeleteAsync(application);
        using var readings = new Readings(Meters);

        Clock.Advance(Periods.Messages - Moment);
        await RemoveApplicationsAsync();
        var before = await Db.Applications.AnyAsync(a => a.Id == application, Cancel);
        Clock.Advance(Moment);
        await RemoveApplicationsAsync();

        before.ShouldBeTrue();
        (await Db.Applications.AnyAsync(a => a.Id == application, Cancel)).ShouldBeFalse();
        (await Db.ApiKeys.SingleAsync(Cancel)).ApplicationId.ShouldBeNull();
        readings["webhooks.retention.removed{what=application}"].ShouldBe(1);
    }

    [Fact]
    public async Task Applications_WithEndpointsOrMessages_Stay()
    {
        var (withEndpoint, withMessage) = (await Given.ApplicationAsync(), await Given.ApplicationAsync());
        await Given.EndpointAsync(withEndpoint);
        await Given.MessageAsync(withMessage);
        await DeleteAsync(withEndpoint);
        await DeleteAsync(withMessage);
        Clock.Advance(Periods.Messages);

        await RemoveApplicationsAsync();

        (await Db.Applications.CountAsync(a => a.Id == withEndpoint || a.Id == withMessage, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Applications_NotDeleted_Stay()
    {
        var application = await Given.ApplicationAsync();
        Clock.Advance(10_000 * Day);

        await RemoveApplicationsAsync();
        await RemoveEndpointsAsync();

        (await Db.Applications.Select(a => a.Id).ToListAsync(Cancel)).ShouldBe([application, OperationalApplication.Id], ignoreOrder: true);
    }

    private async Task DeleteAndCleanAsync(EndpointId endpoint)
    {
        await DeleteAsync(endpoint);
        await CleanEndpointsAsync();
    }

    private Task DeleteAsync(ApplicationId application) => Given.WriteAsync(
        db => db.Applications.Where(a => a.Id == application).ExecuteUpdateAsync(set => set.SetProperty(a => a.DeletedAt, Now), Cancel));

    private ApiKey Key(ApplicationId? application) => new()
    {
        Id = Ids.New<ApiKeyId>(), Name = "key", Hash = Guid.NewGuid().ToByteArray(), Scope = ApiKeyScope.Full, ApplicationId = application,
        CreatedAt = Now,
    };
}
