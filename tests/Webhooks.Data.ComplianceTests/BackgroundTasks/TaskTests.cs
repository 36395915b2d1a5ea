using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>What the tests of tasks share: making one, running it, and messages with a history.</summary>
public abstract class TaskTests(Store store) : StoreTests(store)
{
    private protected DateTimeOffset Since { get; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the row of a replay.</summary>
    private protected async Task<BackgroundTaskId> ReplayAsync(
        BackgroundTaskKind kind, EndpointId endpoint, Func<ReplayParameters, ReplayParameters>? with = null)
    {
        var lane = await LaneAsync(endpoint);
        var asked = new ReplayParameters
        {
            Since = Since, Until = Now, DryRun = false, Status = kind == BackgroundTaskKind.Recover ? MessageStatus.Fail : null,
            WithParked = kind == BackgroundTaskKind.Recover,
        };
        asked = with?.Invoke(asked) ?? asked;
        return await AddAsync(tasks => tasks.Add(kind, lane.ApplicationId, endpoint, asked, new ReplayProgress { DryRun = asked.DryRun }));
    }

    private protected async Task<BackgroundTaskId> AddAsync(Func<BackgroundTaskRegistry, BackgroundTask> add)
    {
        var id = default(BackgroundTaskId);
        await Given.WriteAsync(async db =>
        {
            id = add(new BackgroundTaskRegistry(db, Ids, Clock)).Id;
            await db.SaveChangesAsync(Cancel);
        });
        return id;
    }

    /// <summary>Does something with a runner that has a context of its own, as each job does.</summary>
    private protected async Task<T> WithRunnerAsync<T>(Func<BackgroundTaskRunner, Task<T>> use, IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        var replay = new ReplayStep(db, new SentMessages(db), new MissingMessages(db), new Resend(db, Ids, Clock));
        var letters = new DeadLetterPages(db);
        return await use(new BackgroundTaskRunner(
            db, sql ?? Sql, new DatabaseResilience(sql ?? Sql, TimeProvider.System), replay, new UsageStep(db),
            new DeadLetterReplayStep(db, letters, new Resend(db, Ids, Clock), Clock),
            new DeadLetterDiscardStep(db, letters, new WebhooksMeter(Meters), Clock), WakeUp,
            Clock, NullLogger<BackgroundTaskRunner>.Instance));
    }

    /// <summary>Does a step. Returns whether there is another one.</summary>
    private protected Task<bool> StepAsync(BackgroundTaskId id, IWebhooksSql? sql = null) =>
        WithRunnerAsync(async runner => await runner.StepAsync(id, Cancel) is not null, sql);

    private protected Task<BackgroundTask> RunAsync(BackgroundTaskId id, IWebhooksSql? sql = null) => RunUntilAsync(id, sql ?? Sql, Cancel);

    private protected async Task<BackgroundTask> RunUntilAsync(BackgroundTaskId id, IWebhooksSql sql, CancellationToken stopping)
    {
        await WithRunnerAsync(
            async runner =>
            {
                await runner.RunAsync(id, stopping);
                return true;
            },
            sql);
        return await TaskAsync(id);
    }

    private protected Task<BackgroundTask> TaskAsync(BackgroundTaskId id) => Db.BackgroundTasks.SingleAsync(t => t.Id == id, Cancel);

    private protected async Task<ReplayProgress> ReplayedAsync(BackgroundTaskId id)
    {
        var task = await RunAsync(id);
        (task.State, task.Error, task.FinishedAt).ShouldBe((BackgroundTaskState.Finished, null, Now));
        return TaskJson.Read<ReplayProgress>(task.Progress);
    }

    /// <summary>Publishes messages, and attempts each once for each of the results.</summary>
    private protected async Task<List<MessageId>> AttemptedAsync(EndpointId endpoint, int count, params AttemptResult[] results)
    {
        var messages = await Given.MessagesAsync(endpoint, count);
        foreach (var result in results)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            while (await ClaimAsync() is { Deliveries: { Count: > 0 } claimed })
                await RecordAsync(result, claimed);
        }

        return messages;
    }

    private protected async Task PublishAsync(EndpointId endpoint, string type, string[]? channels, int count)
    {
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([.. Enumerable.Repeat(Given.Event(application, type, channels: channels), count)]);
    }

    /// <summary>An endpoint that is tried as often as given, and then no more.</summary>
    private protected Task<EndpointId> EndpointAsync(int attempts = 1) => Given.EndpointAsync(
        e => e.RetrySchedule = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), attempts - 1)], lane => lane.InFlightLimit = 10);

    /// <summary>The messages that have a delivery with that replay number, oldest first.</summary>
    private protected Task<List<MessageId>> WithReplayAsync(EndpointId endpoint, int number) => Db.Deliveries
        .Where(d => d.EndpointId == endpoint && d.ReplayNumber == number)
        .OrderBy(d => d.MessageId).Select(d => d.MessageId).ToListAsync(Cancel);
}
