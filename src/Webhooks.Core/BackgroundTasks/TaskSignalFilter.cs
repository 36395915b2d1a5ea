using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Webhooks.Core.Http;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>
/// Stands around the transaction of an operation that takes in a task: once it has committed, a worker of this node is told.
/// </summary>
internal sealed class TaskSignalFilter(TaskSignal signal) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);

        // Crash here: the task is durable; the next start, or the next look at the table, finds it.
        signal.Signal();
        return answer;
    }
}

internal static class TaskRoutes
{
    /// <inheritdoc cref="WriteFilterRoutes.Writes"/>
    /// <summary>For an operation that takes in a task.</summary>
    public static RouteHandlerBuilder StartsTask(this RouteHandlerBuilder route) => route.AddEndpointFilter<TaskSignalFilter>().Writes();
}
