using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Applications;

/// <summary>Creates the application that a published event brings along.</summary>
internal sealed class ApplicationOnTheFly(WebhooksDbContext db, IWebhooksSql sql, ApplicationRegistry registry)
{
    /// <param name="pathUid">What the path says.</param>
    /// <returns>Why it can't be done; null when the application is there.</returns>
    public async Task<Problem?> EnsureAsync(string pathUid, ApplicationIn input, CancellationToken cancellationToken)
    {
        if (input.Uid is null)
            return Fault("application_uid_missing", "Is required: it names the application to be created.");
        if (input.Uid != pathUid)
            return Fault("application_uid_mismatch", "Must be the uid in the path.");
        if (await db.Applications.AnyAsync(a => a.Uid == input.Uid && a.DeletedAt == null, cancellationToken))
            return null;

        // Crash after this commit and before the event's: there is an application without a message, and the publisher sends again.
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await registry.FindByUidAsync(input.Uid, cancellationToken) is null)
            registry.Add(input);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    private static Problem Fault(string type, string message) =>
        ApiProblems.Invalid(new ValidationErrorItem(["body", "application", "uid"], message, type));
}
