using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what tasks ask and write.</summary>
public sealed class TaskQueriesTests : BoundQueries
{
    [Fact]
    public Task BulkReplay()
    {
        Row = [[new Any(true, IsFull: true)]];
        return BindsAsync(services => ReplayAsync(services, BackgroundTaskKind.BulkReplay), "status_code");
    }

    [Fact]
    public Task ReplayMissing() => BindsAsync(services => ReplayAsync(services, BackgroundTaskKind.ReplayMissing), "filter");

    [Fact]
    public Task DeadLetterReplay()
    {
        Row = [[new Any(false, IsFull: true)]]; // its endpoint is neither disabled nor paused, so it is sent again
        return BindsAsync(
            services => services.GetRequiredService<DeadLetterReplayStep>().RunAsync(
                TaskOf(BackgroundTaskKind.DeadLetterReplay, Letters, new DeadLetterReplayProgress { DryRun = false }), Cancel),
            "[replay_delivery_id] = (");
    }

    [Fact]
    public Task DeadLetterDiscard() => BindsAsync(
        services => services.GetRequiredService<DeadLetterDiscardStep>().RunAsync(
            TaskOf(BackgroundTaskKind.DeadLetterDiscard, Letters, new DeadLetterDiscardProgress { DryRun = false }), Cancel),
        "UPDATE");

    [Fact]
    public Task Usage() => BindsAsync(
        services => services.GetRequiredService<UsageStep>().RunAsync(
            TaskOf(BackgroundTaskKind.ApplicationUsage, new UsageParameters(Now.AddDays(-1), Now, null), new UsageProgress([])), Cancel),
        "DISTINCT");

    [Fact]
    public Task BackgroundTaskRunner() => BindsAsync(
        services => services.GetRequiredService<BackgroundTaskRunner>().RunAsync(new BackgroundTaskId(7), Cancel), "UPDATE");

    [Fact]
    public Task BackgroundTaskCleanup() => BindsAsync(
        services => ActivatorUtilities.CreateInstance<BackgroundTaskCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task TaskTakeover() => BindsAsync(
        services => ActivatorUtilities.CreateInstance<TaskTakeover>(services).TakeAsync(Cancel), "UPDATE");

    private static readonly DeadLetterTaskParameters Letters = new()
    {
        Filter = new DeadLetterFilter
        {
            ApplicationId = new ApplicationId(7), EndpointId = new EndpointId(7), IncidentId = new IncidentId(7),
            Status = DeadLetterStatus.Undecided,
        },
        DryRun = false, By = "key_7", Note = "Booked by hand.",
    };

    // A dry run, because the endpoint may be disabled.
    private static Task<TaskStep> ReplayAsync(IServiceProvider services, BackgroundTaskKind kind)
    {
        var asked = new ReplayParameters
        {
            Since = Now.AddDays(-1), Until = Now, DryRun = true, EventTypes = ["invoice.paid"], Channel = "orders", StatusCodeClass = 500,
        };
        var task = TaskOf(kind, asked, new ReplayProgress { DryRun = true });
        return services.GetRequiredService<ReplayStep>().RunAsync(task, Cancel);
    }

    private static BackgroundTask TaskOf(BackgroundTaskKind kind, object parameters, object progress) => new()
    {
        Id = new BackgroundTaskId(7), Kind = kind, State = BackgroundTaskState.Running, ApplicationId = new ApplicationId(7),
        EndpointId = new EndpointId(7), Parameters = TaskJson.Write(parameters), Progress = TaskJson.Write(progress),
        CreatedAt = Now, UpdatedAt = Now,
    };
}
