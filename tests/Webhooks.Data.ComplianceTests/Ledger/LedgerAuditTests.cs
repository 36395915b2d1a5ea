using Microsoft.EntityFrameworkCore;
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
        opened.Summary.ShouldContain("in 1 hours of endpoints");
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

    private async Task AuditAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        var store = sql ?? Sql;
        await new LedgerAudit(
            db, store, new LedgerBooking(db, store, Ids, Clock), new LedgerCount(db, store, Clock, LedgerStoreTests.Periods),
            DeskOn(db)).RunAsync(Cancel);
    }
}
