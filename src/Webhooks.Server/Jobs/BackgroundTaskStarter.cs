using Hangfire;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Gives tasks to workers: at the start those that the last process left, then new ones when they are accepted, and once a minute what
/// was missed. The table is the truth; a job is only a hint that leads to it.
/// </summary>
internal sealed class BackgroundTaskStarter(
    IServiceScopeFactory scopes, IBackgroundJobClient jobs, TasksUnderWay underWay, TaskSignal signal, TimeProvider clock,
    ILogger<BackgroundTaskStarter> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
                await signal.WaitAsync(LookEvery, clock, stoppingToken);
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
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
            foreach (var id in await db.BackgroundTasks.Running().OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancellationToken))
                Enqueue(id.ToString());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.TasksNotFound(fault);
        }
    }

    private void Enqueue(string taskId)
    {
        if (!underWay.TryAdd(taskId))
            return;

        try
        {
            jobs.Enqueue<BackgroundTaskJob>(BackgroundTaskJob.Queue, job => job.RunAsync(taskId));
        }
        catch
        {
            underWay.Remove(taskId);
            throw;
        }
    }
}
