using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Ledger;

/// <summary>Books, counts, and puts a residue in front of people: what every worker does again and again, one after the other.</summary>
internal sealed class LedgerAudit(WebhooksDbContext db, IWebhooksSql sql, LedgerBooking booking, LedgerCount count, IncidentDesk desk)
{
    private static readonly string Key = IncidentKeys.OfService(IncidentKind.Ledger);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await booking.RunAsync(cancellationToken);
        await count.RunAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var unbalanced = await db.Unbalanced().CountAsync(cancellationToken);

        // Almost always there is nothing to tell, which is no reason to hold other writers up.
        if (unbalanced == 0 && await desk.FindUnresolvedAsync(Key, cancellationToken) is null)
            return;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (unbalanced == 0)
            await desk.ResolveItselfAsync(Key, "Every delivery is accounted for again.", cancellationToken);
        else
            await desk.ReportAsync(IncidentReport.OfService(IncidentKind.Ledger, SummaryOf(unbalanced)), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the next run finds the same.
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static string SummaryOf(int unbalanced) =>
        $"The books do not balance: in {unbalanced} hours of endpoints, more or fewer deliveries are accounted for than came. "
        + "GET /api/v1/ledger?unbalanced=true lists them.";
}
