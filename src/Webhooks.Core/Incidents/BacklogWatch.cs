using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Incidents;

/// <summary>
/// Tells people when the service itself does not keep up: deliveries are due, and nothing of their endpoints' own holds them back.
/// </summary>
internal sealed class BacklogWatch(
    WebhooksDbContext db, IWebhooksSql sql, IncidentDesk desk, TimeProvider clock, IOptions<IncidentOptions> options)
{
    private static readonly string Key = IncidentKeys.OfService(IncidentKind.Backlog);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var lanes = await BacklogQueries.Ready(db, now).ToListAsync(cancellationToken);
        var waits = lanes.Select(lane => lane.WaitOf(now)).DefaultIfEmpty().Max();
        var isBehind = waits > options.Value.BacklogAfter;
        if (isBehind == await db.Incidents.Unresolved().AnyAsync(i => i.Key == Key, cancellationToken))
            return;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (isBehind)
            await desk.ReportAsync(IncidentReport.OfService(IncidentKind.Backlog, SummaryOf(waits)), cancellationToken);
        else
            await desk.ResolveItselfAsync(Key, "Deliveries go out in time again.", cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the next look finds the same.
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static string SummaryOf(TimeSpan waits) =>
        $"The service does not keep up: the oldest delivery that could go out has waited for {(int)waits.TotalMinutes} minutes.";
}
