using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;

namespace Webhooks.Core.Http.Problems;

/// <summary>Gives every failed API request its body: what handlers threw, and what routing refused without one (404, 405).</summary>
internal sealed class ProblemsMiddleware(RequestDelegate next, IWebhooksSql sql, ILogger<ProblemsMiddleware> logger)
{
    // A lock or a lost connection is over by then; a full disk takes a person.
    private static readonly TimeSpan WhenDatabaseFails = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        var problem = await RunAsync(context);
        if (problem is null || context.Response.HasStarted)
            return;

        await problem.ExecuteAsync(context);
    }

    private async Task<Problem?> RunAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null; // The client is gone: nobody reads an answer, and nothing failed.
        }
        catch (BadHttpRequestException refusal)
        {
            return ApiProblems.ForStatus(refusal.StatusCode);
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            logger.RequestFailed(fault, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "(no route)");
            context.Response.Clear();
            return IsPassing(fault) ? ApiProblems.NotWritable(WhenDatabaseFails) : ApiProblems.ServerError();
        }

        var response = context.Response;
        var isFailed = response.StatusCode >= StatusCodes.Status400BadRequest;
        return isFailed && response.ContentType is null && response.ContentLength is null ? ApiProblems.ForStatus(response.StatusCode) : null;
    }

    // What the engine's client says is wrapped by EF Core, and itself wraps what the network said.
    private bool IsPassing(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (sql.IsTransient(cause))
                return true;
        }

        return false;
    }
}
