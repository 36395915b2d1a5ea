using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Gives tasks to workers: at the start those that the last process left, then new ones when they are accepted, and from time to time what
/// was missed or left behind by other nodes. The table is the truth; a job is only a hint that leads to it.
/// </summary>
internal sealed class BackgroundTaskStarter(
    IServiceScopeFactory scopes, LocalJobs jobs, TaskSharing sharing, TasksUnderWay underWay, TaskSignal signal, TimeProvider clock,
    ILogger<BackgroundTaskStarter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
                await signal.WaitAsync(underWay.NextIn(clock.GetUtcNow(), sharing.LookEvery), clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, or could not start: tasks are found again at the next start.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var id in underWay.Resume(clock.GetUtcNow()))
                Enqueue(id, isResumed: true);

            await using var scope = scopes.CreateAsyncScope();
            foreach (var id in await FindAsync(scope.ServiceProvider, cancellationToken))
            {
                if (underWay.TryAdd(id.ToString()))
                    Enqueue(id.ToString(), isResumed: false);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.TasksNotFound(fault);
        }
    }

    private async Task<IReadOnlyList<BackgroundTaskId>> FindAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        sharing.IsShared
            ? await services.GetRequiredService<TaskTakeover>().TakeAsync(cancellationToken)
            : await services.GetRequiredService<WebhooksDbContext>().BackgroundTasks.Running()
                .OrderBy(task => task.Id).Select(task => task.Id).ToListAsync(cancellationToken);

    private void Enqueue(string taskId, bool isResumed)
    {
        try
        {
            jobs.Enqueue(taskId, isResumed);
        }
        catch
        {
            underWay.Remove(taskId);
            throw;
        }
    }
}
