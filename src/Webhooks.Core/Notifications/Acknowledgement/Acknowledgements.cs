using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Notifications.Acknowledgement;

/// <summary>Looks at the incident behind a link, and acknowledges it.</summary>
internal sealed class Acknowledgements(
    WebhooksDbContext db, IWebhooksSql sql, DatabaseResilience resilience, IncidentDesk desk, NoticeReader notices,
    AcknowledgementTokens tokens, TimeProvider clock)
{
    public Task<AcknowledgementView> LookAsync(string token, CancellationToken cancellationToken) =>
        LookAsync(tokens.Read(token), cancellationToken);

    /// <summary>Acknowledges where that is still to be done, and returns how it is now.</summary>
    public async Task<AcknowledgementView> AcknowledgeAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Read(token) is not { } link)
            return await LookAsync((AcknowledgementLink?)null, cancellationToken);

        await resilience.ExecuteAsync(cancel => WriteAsync(link, cancel), cancellationToken);
        return await LookAsync(link, cancellationToken);
    }

    private async Task<bool> WriteAsync(AcknowledgementLink link, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // what a try that failed has left
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Looked at inside: of two who press the button at once the second finds it done.
        var view = await LookAsync(link, cancellationToken);
        if (view.State != AcknowledgementState.Ready
            || await db.Incidents.AsTracking().FirstOrDefaultAsync(i => i.Id == link.IncidentId, cancellationToken) is not { } incident)
            return false;

        await desk.AcknowledgeAsync(incident, await WhoAsync(link.ChannelId, cancellationToken), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: nothing happened, and the button can be pressed again. Crash after: it is acknowledged, and the page says so.
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    // Who it was nobody knows: whoever reads that channel.
    private async Task<string> WhoAsync(ChannelId id, CancellationToken cancellationToken)
    {
        const string Suffix = " (link)";
        var name = await db.Channels.Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(cancellationToken) ?? id.ToString();
        return OneLine.Of(name, 256 - Suffix.Length) + Suffix;
    }

    private async Task<AcknowledgementView> LookAsync(AcknowledgementLink? link, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var incident = link is null ? null : await notices.FindAsync(link.IncidentId, cancellationToken);
        var state = AcknowledgementStates.Of(link, incident, now);

        // A link that is no proof any more shows nothing of the incident.
        var isProof = state is not (AcknowledgementState.Invalid or AcknowledgementState.Outdated) && link!.ExpiresAt > now;
        return new(state, isProof ? incident : null, now);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Incident">Null where the link does not prove that whoever has it may see it.</param>
internal sealed record AcknowledgementView(AcknowledgementState State, ToldIncident? Incident, DateTimeOffset At);
