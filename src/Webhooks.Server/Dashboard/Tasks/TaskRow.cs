using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Paging;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Tasks;

/// <summary>A line of the list.</summary>
internal sealed record TaskRow(BackgroundTask Task, string? Application, string? Endpoint)
{
    public bool IsDryRun => TaskReading.IsDryRun(Task.Kind, Task.Parameters);

    /// <summary>The figure that says most of it.</summary>
    public string Did => TaskReading.Did(Task.Kind, Task.Progress) is [_, var most, ..]
        ? $"{most.Name}: {most.Text}"
        : string.Join(", ", TaskReading.Did(Task.Kind, Task.Progress).Select(fact => $"{fact.Name}: {fact.Text}"));

    public static async Task<ListPage<TaskRow>> ReadAsync(
        WebhooksDbContext db, BackgroundTaskListQuery query, CancellationToken cancellationToken)
    {
        var page = await db.BackgroundTasks.AsNoTracking().Where(query, db)
            .ToPageAsync(query.Page, t => t.Id, (IQueryable<BackgroundTask> rows) => rows, t => t.Id, cancellationToken);
        var names = await Names.ReadAsync(db, page.Data, t => t.ApplicationId, t => t.EndpointId, cancellationToken);
        return new Page<TaskRow>(
            [.. page.Data.Select(t => new TaskRow(t, names.Of(t.ApplicationId), names.Of(t.EndpointId)))],
            page.Iterator, page.PrevIterator, page.Done).ToList(query.Page);
    }
}
