using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>An incident's life, and that two who act at once meet.</summary>
public abstract class IncidentDeskTests(Store store) : IncidentTests(store)
{
    private static readonly IncidentReport Books = IncidentReport.OfService(IncidentKind.Ledger, "The books don't balance.");

    [Fact]
    public async Task Report_Unknown_OpensAnIncidentThatIsToBeTold()
    {
        await ReportAsync();

        var incident = await IncidentAsync();
        (incident.State, incident.Key, incident.Openings, incident.Version).ShouldBe((IncidentState.Open, "service:Ledger", 1, 1));
        (incident.EscalatesAt, incident.NextStep, incident.OpenedAt).ShouldBe((Now, 0, Now));
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Report_FirstStepIsLater_IsDueThen()
    {
        await PolicyAsync(null, null, (10, await ChannelAsync()));

        await ReportAsync();

        (await IncidentAsync()).EscalatesAt.ShouldBe(Now.AddMinutes(10));
    }

    [Fact]
    public async Task Report_ConcurrentlyOnTwoConnections_IsOneIncident()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReportAsync()));

        (await IncidentAsync()).Openings.ShouldBe(1);
    }

    [Fact]
    public async Task Report_RolledBack_LeavesNothing()
    {
        await using var db = NewContext();

        await using (await Sql.BeginWriteAsync(db, Cancel))
        {
            await DeskOn(db).ReportAsync(Books, Cancel);
            await db.SaveChangesAsync(Cancel);
        }

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
        (await Db.IncidentEvents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Report_ResolvedLately_OpensItAgainWithItsHistory()
    {
        await ReportAsync();
        await AcknowledgeAsync();
        await ResolveAsync();
        Clock.Advance(TimeSpan.FromHours(23));

        await ReportAsync();

        var incident = await IncidentAsync();
        (incident.State, incident.Openings, incident.EscalatesAt).ShouldBe((IncidentState.Open, 2, Now));
        (incident.AcknowledgedBy, incident.ResolvedBy, incident.ResolvedAt).ShouldBe((null, null, null));
        (await TimelineAsync()).ShouldBe(
            [IncidentEventType.Opened, IncidentEventType.Acknowledged, IncidentEventType.Resolved, IncidentEventType.Reopened]);
    }

    [Fact]
    public async Task Report_ResolvedLongAgo_OpensAnother()
    {
        await ReportAsync();
        await ResolveAsync();
        Clock.Advance(TimeSpan.FromDays(1));

        await ReportAsync();

        var states = await Db.Incidents.OrderBy(i => i.Id).Select(i => i.State).ToListAsync(Cancel);
        states.ShouldBe([IncidentState.Resolved, IncidentState.Open]);
    }

    [Fact]
    public async Task Report_AgainAndAgain_SaysSoOnceInAWhile()
    {
        await ReportAsync();
        for (var minute = 0; minute < 31; minute++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await ReportAsync("more");
        }

        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Updated, IncidentEventType.Updated]);
        (await IncidentAsync()).OccurredAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Report_WorseWhileOpen_IsDueAgain()
    {
        await PolicyAsync(null, null, (0, await ChannelAsync()));
        await ReportAsync();
        await EscalateAsync();
        (await IncidentAsync()).EscalatesAt.ShouldBeNull();

        await ReportAsync("worse", isWorse: true);

        var incident = await IncidentAsync();
        (incident.EscalatesAt, incident.NextStep).ShouldBe((Now, 0));
    }

    [Fact]
    public async Task Report_WorseWhileSnoozed_WakesNobody()
    {
        await ReportAsync();
        var until = Now.AddHours(1);
        await SnoozeAsync(until);

        await ReportAsync("worse", isWorse: true);

        (await IncidentAsync()).EscalatesAt.ShouldBe(until);
    }

    [Fact]
    public async Task Report_WorseWhileAcknowledged_TellsThoseWhoWereTold()
    {
        var channel = await ToldAsync();
        await AcknowledgeAsync();

        await ReportAsync("worse", isWorse: true);

        (await NotificationsAsync()).Last().ShouldBe((NotificationReason.Updated, channel));
        (await IncidentAsync()).EscalatesAt.ShouldBeNull();
    }

    [Fact]
    public async Task Acknowledge_Open_EndsEscalationAndTellsThoseWhoWereTold()
    {
        var channel = await ToldAsync();

        await AcknowledgeAsync();

        var incident = await IncidentAsync();
        (incident.State, incident.AcknowledgedBy, incident.AcknowledgedAt, incident.EscalatesAt)
            .ShouldBe((IncidentState.Acknowledged, "Ada", Now, null));
        (await NotificationsAsync()).ShouldBe([(NotificationReason.Escalated, channel), (NotificationReason.Acknowledged, channel)]);
    }

    [Fact]
    public async Task Acknowledge_NobodyWasToldYet_TellsNobody()
    {
        await PolicyAsync(null, null, (0, await ChannelAsync()));
        await ReportAsync();
        await EscalateAsync(); // written, not sent

        await AcknowledgeAsync();

        (await NotificationsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Acknowledge_Twice_KeepsTheFirst()
    {
        await ReportAsync();
        await AcknowledgeAsync("Ada");

        await AcknowledgeAsync("Grace");

        (await IncidentAsync()).AcknowledgedBy.ShouldBe("Ada");
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Acknowledged]);
    }

    [Fact]
    public async Task Resolve_ByAPersonWithUndecidedLetters_AcknowledgesThem()
    {
        var endpoint = await Given.EndpointAsync();
        await LettersAsync(endpoint, 3);
        await KeepAsync();

        await ResolveAsync();

        (await Db.DeadLetters.CountAsync(d => d.State == DeadLetterState.Acknowledged && d.DecidedBy == "Ada", Cancel)).ShouldBe(3);
        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task Resolve_WithMoreLettersThanFit_IsRefusedUntilTheyAreAcknowledged()
    {
        await LettersAsync(await Given.EndpointAsync(), IncidentLetters.MaxBatch + 1);
        await KeepAsync();
        await using var db = NewContext();
        await using (await Sql.BeginWriteAsync(db, Cancel))
        {
            var incident = await db.Incidents.AsTracking().SingleAsync(Cancel);
            (await DeskOn(db).ResolveAsync(incident, "Ada", null, Cancel))!.StatusCode.ShouldBe(409);
        }

        await AcknowledgeAsync();
        await KeepAsync();

        await ResolveAsync();

        (await Db.DeadLetters.CountAsync(d => d.State == DeadLetterState.Open, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task ResolveItself_Told_TellsThatItIsOver()
    {
        var channel = await ToldAsync();

        await AtDeskAsync(desk => desk.ResolveItselfAsync(Books.Key, "They balance again.", Cancel));

        (await NotificationsAsync()).Last().ShouldBe((NotificationReason.Resolved, channel));
        (await IncidentAsync()).ResolvedBy.ShouldBe(IncidentDesk.Service);
    }

    [Fact]
    public async Task Resolved_EveryoneElse_IsTooLate()
    {
        await ReportAsync();
        await ResolveAsync();

        await AtDeskAsync(async (desk, incident) =>
        {
            (await desk.AcknowledgeAsync(incident, "Ada", Cancel))!.StatusCode.ShouldBe(409);
            (await desk.ResolveAsync(incident, "Ada", null, Cancel))!.StatusCode.ShouldBe(409);
            desk.Snooze(incident, Now.AddHours(1), "Ada")!.StatusCode.ShouldBe(409);
            desk.Assign(incident, "Grace", "Ada")!.StatusCode.ShouldBe(409);
        });

        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Resolved]);
    }

    [Fact]
    public async Task Write_OfWhatAnotherHasChanged_IsRefused()
    {
        await ReportAsync();
        await using var slow = NewContext();
        var stale = await slow.Incidents.AsTracking().SingleAsync(Cancel);
        await AcknowledgeAsync("Grace");

        await using var transaction = await Sql.BeginWriteAsync(slow, Cancel);
        await DeskOn(slow).AcknowledgeAsync(stale, "Ada", Cancel);

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => slow.SaveChangesAsync(Cancel));
    }

    private Task ReportAsync(string? update = null, bool isWorse = false) =>
        AtDeskAsync(desk => desk.ReportAsync(Books with { Update = update, IsWorse = isWorse }, Cancel));

    private Task SnoozeAsync(DateTimeOffset until) => AtDeskAsync((desk, incident) =>
    {
        desk.Snooze(incident, until, "Ada").ShouldBeNull();
        return Task.CompletedTask;
    });

    private async Task<Core.Channels.ChannelId> ToldAsync()
    {
        var channel = await ChannelAsync();
        await PolicyAsync(null, null, (0, channel));
        await ReportAsync();
        await EscalateAsync();
        await SentAsync();
        return channel;
    }
}
