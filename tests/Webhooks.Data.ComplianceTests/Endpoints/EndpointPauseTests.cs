using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Endpoints;

/// <summary>Pausing and disabling hold the same lane, each for its own reason.</summary>
public abstract class EndpointPauseTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Begin_Delivering_HoldsWhatWaits()
    {
        var endpoint = await GivenDueAsync();

        await PauseAsync(endpoint, "maintenance");

        (await ClaimAsync()).Deliveries.ShouldBeEmpty();
        var saved = await Db.Endpoints.SingleAsync(Cancel);
        (saved.PausedAt, saved.PauseNote, saved.UpdatedAt).ShouldBe((Now, "maintenance", Now));
    }

    [Fact]
    public async Task Begin_Paused_KeepsTheTimeAndTakesTheNote()
    {
        var endpoint = await GivenDueAsync();
        await PauseAsync(endpoint, "first");
        var since = Now;
        Clock.Advance(TimeSpan.FromMinutes(1));

        await PauseAsync(endpoint, "second");

        var saved = await Db.Endpoints.SingleAsync(Cancel);
        (saved.PausedAt, saved.PauseNote).ShouldBe((since, "second"));
    }

    [Fact]
    public async Task End_Paused_ReleasesOneFirst()
    {
        var endpoint = await GivenDueAsync();
        await PauseAsync(endpoint);

        await ResumeAsync(endpoint);

        (await ClaimAsync()).Deliveries.Count.ShouldBe(1);
        var saved = await Db.Endpoints.SingleAsync(Cancel);
        (saved.PausedAt, saved.PauseNote).ShouldBe((null, null));
    }

    [Fact]
    public async Task End_PausedAndDisabled_StaysHeldUntilItIsEnabled()
    {
        var endpoint = await GivenDueAsync();
        await PauseAsync(endpoint);
        await DisableAsync(endpoint, true);

        await ResumeAsync(endpoint, 7);
        var meanwhile = await LaneAsync(endpoint);
        await DisableAsync(endpoint, false);

        (meanwhile.Held, meanwhile.ReadyAt, meanwhile.ReleaseRate).ShouldBe((true, null, 7));
        var released = await LaneAsync(endpoint);
        (released.Held, released.ReadyAt, released.ReleaseRate).ShouldBe((false, Now, 7));
    }

    [Fact]
    public async Task Enable_DisabledAndPaused_StaysHeldUntilItIsResumed()
    {
        var endpoint = await GivenDueAsync();
        await DisableAsync(endpoint, true);
        await PauseAsync(endpoint);

        await DisableAsync(endpoint, false);
        var meanwhile = await LaneAsync(endpoint);
        await ResumeAsync(endpoint);

        (meanwhile.Held, meanwhile.ReadyAt).ShouldBe((true, null));
        (await ClaimAsync()).Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Update_Paused_LeavesItAsleep()
    {
        var endpoint = await GivenDueAsync();
        await PauseAsync(endpoint);

        await UpdateAsync(endpoint, settings => settings with { MaxInFlight = new(true, 5) });

        var lane = await LaneAsync(endpoint);
        (lane.Held, lane.ReadyAt).ShouldBe((true, null));
    }

    [Fact]
    public async Task End_NotPaused_SetsThePaceOnly()
    {
        var endpoint = await GivenDueAsync();

        await ResumeAsync(endpoint, 3);

        var lane = await LaneAsync(endpoint);
        (lane.ReleaseRate, lane.ReadyAt, lane.InFlightLimit).ShouldBe((3, Now, Given.Options.MaxInFlightPerEndpoint));
        (await Db.Endpoints.SingleAsync(Cancel)).UpdatedAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Record_GoneWhilePaused_StaysHeldAfterTheResume()
    {
        var endpoint = await GivenDueAsync();
        var claim = await ClaimAsync();
        await PauseAsync(endpoint);
        await RecordAsync(Answers.Status(410), claim.Deliveries);

        await ResumeAsync(endpoint);

        var lane = await LaneAsync(endpoint);
        (lane.Held, lane.ReadyAt).ShouldBe((true, null));
    }

    private async Task<EndpointId> GivenDueAsync()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        return endpoint;
    }

    private Task PauseAsync(EndpointId id, string? note = null) =>
        ChangeAsync(id, (endpoint, pause) => pause.BeginAsync(endpoint, note, Cancel));

    private Task ResumeAsync(EndpointId id, int? maxPerSecond = null) =>
        ChangeAsync(id, (endpoint, pause) => pause.EndAsync(endpoint, maxPerSecond, Cancel));

    private Task DisableAsync(EndpointId id, bool isDisabled) => UpdateAsync(id, settings => settings with { Disabled = isDisabled });

    private Task UpdateAsync(EndpointId id, Func<EndpointUpdate, EndpointUpdate> change) => Given.WriteAsync(async db =>
    {
        var endpoint = await db.Endpoints.AsTracking().SingleAsync(e => e.Id == id, Cancel);
        var registry = new EndpointRegistry(
            db, new LaneSwitch(db, Clock), secrets: null!, headers: null!, new EndpointEvents(db, Ids, Clock), disabled: null!, Ids, Clock,
            Options.Create(Given.Options));
        await registry.UpdateAsync(endpoint, change(new EndpointPatch().ApplyTo(endpoint)), Cancel);
        await db.SaveChangesAsync(Cancel);
    });

    private Task ChangeAsync(EndpointId id, Func<Endpoint, EndpointPause, Task> change) => Given.WriteAsync(async db =>
    {
        var pause = new EndpointPause(new LaneSwitch(db, Clock), new EndpointEvents(db, Ids, Clock), Clock);
        await change(await db.Endpoints.AsTracking().SingleAsync(e => e.Id == id, Cancel), pause);
        await db.SaveChangesAsync(Cancel);
    });
}
