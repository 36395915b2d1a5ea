using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Core.Audit;

/// <summary>For reads that must leave a trace, such as of a secret: the answer goes out only once the entry is written.</summary>
internal sealed class AuditedFilter(IWebhooksSql sql) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (Unwrap(answer) is IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest })
            return answer;

        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<WebhooksDbContext>();
        await using var transaction = await sql.BeginWriteAsync(db, http.RequestAborted);
        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        trail.Add(http, await trail.FindApplicationAsync(http, http.RequestAborted), null);
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(CancellationToken.None);
        return answer;
    }

    private static object? Unwrap(object? answer) => answer is INestedHttpResult nested ? nested.Result : answer;
}

internal static class AuditedRoutes
{
    /// <summary>Enters each successful read into the audit log.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder route) => route.AddEndpointFilter<AuditedFilter>();
}
