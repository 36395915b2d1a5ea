using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Applications;

/// <summary>Creates the application that a published event brings along.</summary>
internal sealed class ApplicationOnTheFly(
    WebhooksDbContext db, IWebhooksSql sql, ApplicationRegistry registry, TimeProvider clock)
{
    /// <param name="pathUid">What the path says.</param>
    /// <param name="claim">That of the event; null for none.</param>
    /// <returns>Why it can't be done; null when the application is there.</returns>
    public async Task<Problem?> EnsureAsync(
        string pathUid, ApplicationIn input, IdempotencyClaim? claim, CancellationToken cancellationToken)
    {
        if (FindFault(pathUid, input) is { } fault)
            return fault;
        if (await db.Applications.AnyAsync(a => a.Uid == input.Uid && a.DeletedAt == null, cancellationToken))
            return null;
        if (await db.IsOnRecordAsync(claim, clock.GetUtcMicroseconds(), cancellationToken))
            return null; // The event was answered, or will be refused: an application for it would stay behind empty.

        // Crash after this commit and before the event's: there is an application without a message, and the publisher sends again.
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await registry.FindByUidAsync(pathUid, cancellationToken) is null)
            registry.Add(input);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    /// <summary>The same in the caller's transaction.</summary>
    /// <returns>The application's id; without one, why there is none, or null where there is no such application.</returns>
    public async Task<(ApplicationId? Id, Problem? Refusal)> FindOrAddAsync(
        Caller caller, string path, ApplicationIn? input, CancellationToken cancellationToken)
    {
        if (input is not null && FindFault(path, input) is { } fault)
            return (null, fault);

        var id = await db.FindApplicationAsync(caller, path, cancellationToken);
        return (id is null && input is not null ? registry.Add(input).Id : id, null);
    }

    private static Problem? FindFault(string pathUid, ApplicationIn input) =>
        input.Uid is null ? Fault("application_uid_missing", "Is required: it names the application to be created.")
        : input.Uid != pathUid ? Fault("application_uid_mismatch", "Must be the uid in the path.")
        : null;

    private static Problem Fault(string type, string message) =>
        ApiProblems.Invalid(new ValidationErrorItem(["body", "application", "uid"], message, type));
}
