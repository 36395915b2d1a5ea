using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>The transaction around every change of the people who have access, with its entry in the audit log.</summary>
internal sealed class OperatorChanges(WebhooksDbContext db, IWebhooksSql sql, AuditTrail audit)
{
    /// <param name="change">Changes and notes what it did; where it refuses, nothing of it is left.</param>
    public async Task<OperatorAnswer> RunAsync(Func<Task<OperatorAnswer>> change, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var answer = await change();
        if (!answer.IsDone)
            return answer;

        await db.SaveChangesAsync(cancellationToken);

        // Crash before: nothing happened. Crash after: it is done and in the audit log, but a secret that was to be shown is lost: an
        // administrator makes another one.
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }

    /// <param name="who">Who did it.</param>
    /// <param name="operation">What was done: <c>add</c>, <c>set-role</c> …</param>
    /// <param name="how">What is different now; null where the operation says it all.</param>
    public void Note(string who, string operation, Operator person, string? how = null) =>
        audit.Add(who, $"operator.{operation}", $"{person.UserName} ({person.Id}){(how is null ? "" : $": {how}")}");
}
