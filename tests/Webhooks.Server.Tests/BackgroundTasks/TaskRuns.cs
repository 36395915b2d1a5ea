using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data.Ids;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.BackgroundTasks;

/// <summary>Does what a worker would: there is none beside the API here.</summary>
internal static class TaskRuns
{
    public static async Task RunTaskAsync(this ApiHost host, string task)
    {
        IdText.TryParse<BackgroundTaskId>(task, out var id).ShouldBeTrue();
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BackgroundTaskRunner>().RunAsync(id, TestContext.Current.CancellationToken);
    }
}
