using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Data.ComplianceTests.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Ledger;

/// <summary>A residue is put in front of people, wherever the process dies.</summary>
public abstract class LedgerAuditTests(Store store) : IncidentTests(store)
{
    [Fact]
    public async Task Run_RowIsGone_OpensOneIncidentThatEndsWhenTheBooksBalance()
    {
        await GivenLossAsync();

        await AuditAsync();
        await AuditAsync();
        var opened = await IncidentAsync();
        await Given.WriteAsync(db => db.LedgerHours.ExecuteUpdateAsync(set => set.SetProperty(h => h.FirstSequence, 1), Cancel)); // the books forget it
        await AuditAsync();

        (opened.Kind, opened.State, opened.EscalatesAt).ShouldBe((IncidentKind.Ledger, IncidentState.Open, Now));
        opened.Summary.ShouldContain("in one hour of an endpoint,");
        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task Run_RowOfASettledEntryIsGone_OpensAnIncident()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 2);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await AuditAsync();
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));

        await AuditAsync();

        (await IncidentAsync()).Summary.ShouldStartWith("The books do not balance: in one hour of an endpoint,");
        (await Db.Unbalanced().SingleAsync(Cancel)).SettledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_NewestSealIsGone_OpensAnIncidentThatEndsWhenItIsBack()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await AuditAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        await SealAsync();
        var newest = await Db.LedgerSeals.OrderByDescending(s => s.Day).FirstAsync(Cancel);
        await Given.WriteAsync(db => db.LedgerSeals.Where(s => s.Day == newest.Day).ExecuteDeleteAsync(Cancel));

        await SealAsync();
        await AuditAsync();
        var opened = await IncidentAsync();
        await Given.SaveAsync(newest);
        await AuditAsync();

        opened.Summary.ShouldStartWith(
            "The books are not as they were sealed: 2026-11-24: by the audit log this day was sealed, and its seal is gone.");
        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task Run_DiesBeforeAnyOfItsCommits_TheNextRunTells(int dies)
    {
        await GivenLossAsync();

        await Should.ThrowAsync<TimeoutException>(() => AuditAsync(new CrashingSql(Sql, dies)));
        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
        await AuditAsync();

        (await IncidentAsync()).Kind.ShouldBe(IncidentKind.Ledger);
        (await Db.LedgerHours.SingleAsync(Cancel)).Residue.ShouldBe(1);
    }

    private async Task GivenLossAsync()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 2);
        await Given.WriteAsync(db => db.Deliveries.OrderBy(d => d.Id).Take(1).ExecuteDeleteAsync(Cancel));
    }

    private async Task SealAsync()
    {
        await using var db = NewContext();
        await new LedgerSealer(
            db, Sql, new LedgerBooking(db, Sql, Ids, Clock), new LedgerDigest(db), new AuditTrail(db, Ids, Clock), Clock,
            NullLogger<LedgerSealer>.Instance).RunAsync(Cancel);
    }

    private async Task AuditAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        var store = sql ?? Sql;
        await new LedgerAudit(
            db, store, new LedgerBooking(db, store, Ids, Clock), new LedgerCount(db, store, Clock, LedgerStoreTests.Periods),
            new LedgerRecount(db, store, Clock, LedgerStoreTests.Periods), DeskOn(db)).RunAsync(Cancel);
    }
}
