using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Idempotency;

namespace Webhooks.Core.Http;

/// <summary>
/// The transaction around every operation that changes something. Handlers change the scoped context and return; a success is
/// saved and committed here together with its idempotency record and its entry in the audit log, anything else leaves no trace.
/// </summary>
internal sealed class WriteFilter(IWebhooksSql sql, IdempotentAnswers answers, WakeUp wakeUp, IOptions<JsonOptions> json) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (claim, refusal) = await IdempotencyHeader.ReadAsync(http);
        if (refusal is not null)
            return refusal;

        var db = http.RequestServices.GetRequiredService<WebhooksDbContext>();
        await using var transaction = await sql.BeginWriteAsync(db, http.RequestAborted);
        if (claim is not null && await answers.FindAsync(db, claim, http.RequestAborted) is { } known)
            return known;

        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        var application = await trail.FindApplicationAsync(http, http.RequestAborted);
        var answer = StoredAnswer.Of(await next(context), json.Value.SerializerOptions);
        if (answer.StatusCode >= StatusCodes.Status400BadRequest)
            return answer;

        if (claim is not null)
            await answers.AddAsync(db, claim, answer, http.RequestAborted);
        trail.Add(http, application, answer);
        await db.SaveChangesAsync(http.RequestAborted);

        // Crash before: nothing happened, the client sends again. Crash after: the client sends again and gets this answer from its
        // record. A client that hangs up now must not undo what is done: no cancellation.
        await transaction.CommitAsync(CancellationToken.None);
        wakeUp.Signal();
        return answer;
    }
}

internal static class WriteFilterRoutes
{
    /// <summary>Runs the operation inside a write transaction, once for each Idempotency-Key.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder route) => route.AddEndpointFilter<WriteFilter>();
}
