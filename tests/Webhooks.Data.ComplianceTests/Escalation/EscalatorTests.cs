using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Data.ComplianceTests.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Escalation;

/// <summary>Each step of a policy is told once, at its time, until somebody sees to the incident.</summary>
public abstract class EscalatorTests(Store store) : IncidentTests(store)
{
    [Fact]
    public async Task Run_StepAfterStep_TellsEachAtItsTimeAndThenNobody()
    {
        var (first, second) = (await ChannelAsync("first"), await ChannelAsync("second"));
        await PolicyAsync(null, null, (0, first), (15, second));
        await OpenAsync();

        await EscalateAsync();
        await EscalateAsync();
        (await NotificationsAsync()).ShouldBe([Told(first)]);

        Clock.Advance(TimeSpan.FromMinutes(15));
        await EscalateAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        await EscalateAsync();
        (await NotificationsAsync()).ShouldBe([Told(first), Told(second)]);
        (await IncidentAsync()).EscalatesAt.ShouldBeNull();
    }

    [Fact]
    public async Task Run_Repeated_BeginsAgain()
    {
        var channel = await ChannelAsync();
        await PolicyAsync(null, 60, (0, channel));
        await OpenAsync();
        for (var minute = 0; minute <= 180; minute++)
        {
            await EscalateAsync();
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await Db.Notifications.OrderBy(n => n.Id).Select(n => n.Step).ToListAsync(Cancel)).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task Run_ManyAtOnce_TellsEachChannelOnce()
    {
        await PolicyAsync(null, 5, (0, await ChannelAsync()));
        await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => EscalateAsync()));

        (await NotificationsAsync()).Count.ShouldBe(1);
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Escalated]);
    }

    [Fact]
    public async Task Run_DiesBeforeItsCommit_TellsNothingHalfAndTheNextRunTellsOnce()
    {
        await PolicyAsync(null, null, (0, await ChannelAsync()));
        await OpenAsync();

        await Should.ThrowAsync<TimeoutException>(() => EscalateAsync(new CrashingSql(Sql, dies: 1)));

        (await Db.Notifications.AnyAsync(Cancel)).ShouldBeFalse();
        (await IncidentAsync()).NextStep.ShouldBe(0);
        await EscalateAsync();
        (await NotificationsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Run_ApplicationHasAPolicyOfItsOwn_TakesThat()
    {
        var (ofAll, own) = (await ChannelAsync(), await ChannelAsync());
        var endpoint = await Given.EndpointAsync();
        await PolicyAsync(null, null, (0, ofAll));
        await PolicyAsync((await LaneAsync(endpoint)).ApplicationId, null, (0, own));
        await LettersAsync(endpoint, 1);
        await KeepAsync();

        await EscalateAsync();

        (await NotificationsAsync()).ShouldBe([Told(own)]);
    }

    [Fact]
    public async Task Run_NoPolicy_WaitsForOne()
    {
        await OpenAsync();
        await EscalateAsync();
        (await IncidentAsync()).EscalatesAt.ShouldBe(Now);
        var channel = await ChannelAsync();

        await PolicyAsync(null, null, (0, channel));
        await EscalateAsync();

        (await NotificationsAsync()).ShouldBe([Told(channel)]);
    }

    [Fact]
    public async Task Run_Acknowledged_TellsNobody()
    {
        await PolicyAsync(null, null, (0, await ChannelAsync()));
        await OpenAsync();
        await AcknowledgeAsync();

        Clock.Advance(TimeSpan.FromDays(1));
        await EscalateAsync();

        (await Db.Notifications.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Snoozed_WakesUpByItself(bool wasAcknowledged)
    {
        var channel = await ChannelAsync();
        await PolicyAsync(null, null, (0, channel));
        await OpenAsync();
        if (wasAcknowledged)
            await AcknowledgeAsync();
        await AtDeskAsync((desk, incident) => Task.FromResult(desk.Snooze(incident, Now.AddHours(8), "Ada")));
        Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        await EscalateAsync();
        (await Db.Notifications.AnyAsync(Cancel)).ShouldBeFalse();

        Clock.Advance(TimeSpan.FromSeconds(1));
        await EscalateAsync();

        (await NotificationsAsync()).ShouldBe([Told(channel)]);
        var incident = await IncidentAsync();
        (incident.State, incident.SnoozedUntil, incident.AcknowledgedBy).ShouldBe((IncidentState.Open, null, null));
    }

    [Fact]
    public async Task Run_ChannelsCannotBeUsed_TakesTheNextStepAtOnce()
    {
        var (disabled, other) = (await ChannelAsync(disabled: true), await ChannelAsync());
        await PolicyAsync(null, null, (0, disabled), (15, Ids.New<ChannelId>()), (30, other));
        await OpenAsync();

        await EscalateAsync();
        await EscalateAsync();
        await EscalateAsync();

        (await NotificationsAsync()).ShouldBe([Told(other)]);
    }

    [Fact]
    public async Task Run_ChannelCannotNotify_IsNotToldOverItself()
    {
        var (broken, other) = (await ChannelAsync(), await ChannelAsync());
        await PolicyAsync(null, null, (0, broken), (15, other));
        await AtDeskAsync(desk => desk.ReportAsync(IncidentReport.Of(broken, "It can't notify."), Cancel));

        await EscalateAsync();
        await EscalateAsync();

        (await NotificationsAsync()).ShouldBe([Told(other)]);
    }

    [Fact]
    public async Task Hurry_ChannelOfTheLastStepFailed_TakesTheNextStepAtOnce()
    {
        var (broken, other) = (await ChannelAsync(), await ChannelAsync());
        await PolicyAsync(null, null, (0, broken), (15, other));
        await OpenAsync();
        await EscalateAsync();

        await AtDeskAsync(async (desk, incident) => (await desk.HurryAsync(incident, failedStep: 0, Cancel)).ShouldBeTrue());
        await EscalateAsync();

        (await NotificationsAsync()).ShouldBe([Told(broken), Told(other)]);
    }

    private static (NotificationReason, ChannelId) Told(ChannelId channel) => (NotificationReason.Escalated, channel);

    private Task OpenAsync() =>
        AtDeskAsync(desk => desk.ReportAsync(IncidentReport.OfService(IncidentKind.Backlog, "The service does not keep up."), Cancel));
}
