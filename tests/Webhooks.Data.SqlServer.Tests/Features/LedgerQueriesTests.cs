using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Ledger;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what the books ask and write.</summary>
public sealed class LedgerQueriesTests : BoundQueries
{
    [Fact]
    public Task LedgerBooking()
    {
        Left = 4;
        Unanswered.AddRange(["FROM [ledger_seals]", "[state] = 6"]); // no day is sealed, and nothing was filtered
        return BindsAsync(services => services.GetRequiredService<LedgerBooking>().RunAsync(Cancel), "booked_sequence");
    }

    [Fact]
    public Task LedgerQueries() => BindsFullAsync(
        async services =>
        {
            var db = services.GetRequiredService<WebhooksDbContext>();
            var entry = new LedgerHour
            {
                Id = new LedgerHourId(7), Hour = Now, ApplicationId = new ApplicationId(7), EndpointId = new EndpointId(7), FirstSequence = 0,
                LastSequence = 7,
            };
            await Core.Ledger.LedgerQueries.Due(db, 7).ToListAsync(Cancel);
            await Core.Ledger.LedgerQueries.After(db, entry.Id, 7).ToListAsync(Cancel);
            await Core.Ledger.LedgerQueries.Unbooked(db).ToListAsync(Cancel);
            await Core.Ledger.LedgerQueries.States(db, entry).ToListAsync(Cancel);
            await Core.Ledger.LedgerQueries.Duplicates(db, entry).LongCountAsync(Cancel);
            await Core.Ledger.LedgerQueries.Filtered(db, Now).ToListAsync(Cancel);
            await Core.Ledger.LedgerQueries.FirstFiltered(db, Now).FirstOrDefaultAsync(Cancel);
            await LedgerTotals.Of(db.Unbalanced()).ToListAsync(Cancel);
            await LedgerSealNotes.Newest(db).ToListAsync(Cancel);
            await LedgerSealNotes.FindFaultAsync(db, Cancel);
            await LedgerDigest.Given(db, Now).ToListAsync(Cancel);
            await LedgerDigest.Settled(db, Now).ToListAsync(Cancel);
        },
        "settled_at", left: 20);

    [Fact]
    public Task LedgerMarks() => BindsFullAsync(
        async services =>
        {
            var db = services.GetRequiredService<WebhooksDbContext>();
            await db.RemovedUntilAsync(LedgerMarkKind.MessagesRemoved, Now, Cancel);
            await db.MarkRemovedAsync(LedgerMarkKind.MessagesRemoved, Now, Cancel);
            await db.RecountedAsync(Cancel);
            await db.MarkRecountedAsync(new LedgerHourId(7), Now, Cancel);
        },
        "INSERT INTO [ledger_marks]", left: 0);

    [Fact]
    public Task LedgerRecount() =>
        BindsFullAsync(services => services.GetRequiredService<LedgerRecount>().RunAsync(Cancel), "[ledger_marks]", left: 20);

    [Fact]
    public Task LedgerCount() =>
        BindsFullAsync(services => services.GetRequiredService<LedgerCount>().RunAsync(Cancel), "UPDATE", left: 20);
}
