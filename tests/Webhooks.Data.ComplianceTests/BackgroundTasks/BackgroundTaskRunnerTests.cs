using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>Steps and what comes between them: crashes, stops, other runners, cancellations, faults.</summary>
public abstract class BackgroundTaskRunnerTests(Store store) : TaskTests(store)
{
    private const int ThreeSteps = 2 * ReplayRange.MaxMessages + 7;

    [Fact]
    public async Task Step_OfMany_DoesABoundedPartAndMovesOn()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();

        (await StepAsync(task)).ShouldBeTrue();

        var saved = await TaskAsync(task);
        (saved.State, saved.Cursor, saved.FinishedAt)
            .ShouldBe((BackgroundTaskState.Running, messages[ReplayRange.MaxMessages - 1].ToString(), null));
        TaskJson.Read<ReplayProgress>(saved.Progress).Sent.ShouldBe(ReplayRange.MaxMessages);
        (await WithReplayAsync(endpoint, 1)).ShouldBe(messages[..ReplayRange.MaxMessages]);
    }

    [Fact]
    public async Task Run_AfterACrashBetweenSteps_GoesOnWithoutDoingAnythingTwice()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();
        await StepAsync(task);

        var finished = await RunAsync(task);

        finished.State.ShouldBe(BackgroundTaskState.Finished);
        TaskJson.Read<ReplayProgress>(finished.Progress).Sent.ShouldBe(ThreeSteps);
        await EachWasSentAgainOnceAsync(endpoint, messages);
    }

    [Fact]
    public async Task Run_NodeStopsWithinAStep_UndoesItAndIsLeftToBeResumed()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();
        using var stopping = new CancellationTokenSource();
        var stopsAtTheSecond = new HookedSql(Sql, write => write == 2 ? stopping.CancelAsync() : Task.CompletedTask);

        var stopped = await RunUntilAsync(task, stopsAtTheSecond, stopping.Token);

        (stopped.State, stopped.Cursor).ShouldBe((BackgroundTaskState.Running, messages[ReplayRange.MaxMessages - 1].ToString()));
        (await RunAsync(task)).State.ShouldBe(BackgroundTaskState.Finished);
        await EachWasSentAgainOnceAsync(endpoint, messages);
    }

    [Fact]
    public async Task Step_AnotherRunnerDidItMeanwhile_LeavesNoTrace()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();
        var overtaken = new HookedSql(Sql, _ => StepAsync(task));

        (await StepAsync(task, overtaken)).ShouldBeFalse();

        (await WithReplayAsync(endpoint, 1)).ShouldBe(messages[..ReplayRange.MaxMessages]);
        (await WithReplayAsync(endpoint, 2)).ShouldBeEmpty();
        (await LaneAsync(endpoint)).LastSequence.ShouldBe(ThreeSteps + ReplayRange.MaxMessages);
    }

    [Fact]
    public async Task Run_TwoRunnersAtOnce_SendEachMessageOnce()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => WithRunnerAsync(async runner =>
        {
            while ((await NewTaskAsync(task)).State == BackgroundTaskState.Running)
                await runner.RunAsync(task, Cancel);
            return true;
        }))));

        (await TaskAsync(task)).State.ShouldBe(BackgroundTaskState.Finished);
        await EachWasSentAgainOnceAsync(endpoint, messages);
    }

    [Fact]
    public async Task Step_CanceledMeanwhile_IsUndoneAndTheLast()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();
        await StepAsync(task);

        (await StepAsync(task, new HookedSql(Sql, _ => CancelAsync(task)))).ShouldBeFalse();

        (await RunAsync(task)).State.ShouldBe(BackgroundTaskState.Canceled);
        (await WithReplayAsync(endpoint, 1)).ShouldBe(messages[..ReplayRange.MaxMessages]);
    }

    [Fact]
    public async Task Run_PassingFault_IsTriedAgain()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();
        var failing = new HookedSql(Sql, write => write == 2 ? throw new TimeoutException() : Task.CompletedTask);

        (await RunAsync(task, failing)).State.ShouldBe(BackgroundTaskState.Finished);

        await EachWasSentAgainOnceAsync(endpoint, messages);
    }

    [Fact]
    public async Task Run_PassingFaultThatStays_IsLeftToBeResumed()
    {
        var (endpoint, messages, task) = await BulkReplayAsync();
        var failing = new HookedSql(Sql, write => write >= 2 ? throw new TimeoutException() : Task.CompletedTask);

        (await RunAsync(task, failing)).State.ShouldBe(BackgroundTaskState.Running);

        (await RunAsync(task)).State.ShouldBe(BackgroundTaskState.Finished);
        await EachWasSentAgainOnceAsync(endpoint, messages);
    }

    [Fact]
    public async Task Run_AnyOtherFault_EndsItAsFailedWithoutTellingTheFault()
    {
        var (_, _, task) = await BulkReplayAsync();
        var failing = new HookedSql(Sql, write => write == 2 ? throw new InvalidOperationException("secret detail") : Task.CompletedTask);

        var failed = await RunAsync(task, failing);

        (failed.State, failed.FinishedAt).ShouldBe((BackgroundTaskState.Failed, Now));
        failed.Error.ShouldNotBeNull().ShouldNotContain("secret");
        TaskJson.Read<ReplayProgress>(failed.Progress).Sent.ShouldBe(ReplayRange.MaxMessages);
    }

    [Fact]
    public async Task Step_TaskHasEnded_DoesNothing()
    {
        var (endpoint, _, task) = await BulkReplayAsync();
        await CancelAsync(task);

        (await StepAsync(task)).ShouldBeFalse();

        (await WithReplayAsync(endpoint, 1)).ShouldBeEmpty();
    }

    private async Task<(EndpointId Endpoint, List<MessageId> Messages, BackgroundTaskId Task)> BulkReplayAsync()
    {
        var endpoint = await EndpointAsync();
        var messages = await Given.MessagesAsync(endpoint, ThreeSteps);
        return (endpoint, messages, await ReplayAsync(BackgroundTaskKind.BulkReplay, endpoint));
    }

    private async Task EachWasSentAgainOnceAsync(EndpointId endpoint, List<MessageId> messages)
    {
        (await WithReplayAsync(endpoint, 1)).ShouldBe(messages);
        (await WithReplayAsync(endpoint, 2)).ShouldBeEmpty();
        var sequences = await Db.Deliveries.OrderBy(d => d.Sequence).Select(d => d.Sequence).ToListAsync(Cancel);
        sequences.ShouldBe(Enumerable.Range(1, 2 * messages.Count).Select(number => (long)number));
        (await LaneAsync(endpoint)).LastSequence.ShouldBe(2 * messages.Count);
    }

    private async Task<BackgroundTask> NewTaskAsync(BackgroundTaskId id)
    {
        await using var db = NewContext();
        return await db.BackgroundTasks.SingleAsync(t => t.Id == id, Cancel);
    }

    private Task CancelAsync(BackgroundTaskId id) => Given.WriteAsync(db => db.BackgroundTasks.Where(t => t.Id == id)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.State, BackgroundTaskState.Canceled), Cancel));
}
