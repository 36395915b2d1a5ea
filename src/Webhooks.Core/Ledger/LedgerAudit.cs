using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Books, counts, and puts a residue or a lost seal in front of people: what every worker does again and again, one after the other.
/// </summary>
internal sealed class LedgerAudit(
    WebhooksDbContext db, IWebhooksSql sql, LedgerBooking booking, LedgerCount count, LedgerRecount recount, IncidentDesk desk)
{
    private static readonly string Key = IncidentKeys.OfService(IncidentKind.Ledger);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await booking.RunAsync(cancellationToken);
        await count.RunAsync(cancellationToken);
        await recount.RunAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var fault = SummaryOf(
            await db.Unbalanced().CountAsync(cancellationToken), await LedgerSealNotes.FindFaultAsync(db, cancellationToken));

        // Almost always there is nothing to tell, which is no reason to hold other writers up.
        if (fault is null && await desk.FindUnresolvedAsync(Key, cancellationToken) is null)
            return;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (fault is null)
            await desk.ResolveItselfAsync(Key, "Every delivery is accounted for again, and the newest seal is there.", cancellationToken);
        else
            await desk.ReportAsync(IncidentReport.OfService(IncidentKind.Ledger, fault), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the next run finds the same.
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static string? SummaryOf(int unbalanced, string? seal)
    {
        List<string> faults = [];
        if (unbalanced > 0)
            faults.Add(
                $"The books do not balance: in {HoursOf(unbalanced)}, more or fewer deliveries are accounted for than came. "
                + "GET /api/v1/ledger?unbalanced=true lists them.");
        if (seal is not null)
            faults.Add($"The books are not as they were sealed: {seal} No day is sealed until that seal is back.");
        return faults.Count == 0 ? null : string.Join(' ', faults);
    }

    private static string HoursOf(int count) => count == 1 ? "one hour of an endpoint" : $"{count:N0} hours of endpoints";
}
