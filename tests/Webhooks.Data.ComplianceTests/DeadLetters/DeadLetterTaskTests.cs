using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.DeadLetters;

/// <summary>Tasks that decide about many dead letters: which ones, how often, how fast, and what they say about it.</summary>
public abstract class DeadLetterTaskTests(Store store) : DeadLetterTests(store)
{
    [Fact]
    public async Task Replay_DeadAndHeld_SendsThemAgainAndSaysWhatMayBeDuplicates()
    {
        await AttemptedAsync(await EndpointAsync(), 150, Answers.Status(400));
        await AttemptedAsync(await HoldingAsync(), 3, Answers.Unknown);

        var done = await SentAgainAsync(Letters());

        (done.Matched, done.ToSend, done.Sent, done.MayBeDuplicates, done.Skipped, done.NextAt)
            .ShouldBe((153, 153, 153, 3, new DeadLettersSkipped(), null));
        (await LettersAsync()).ShouldAllBe(l => l.State == DeadLetterState.Replayed && l.DecidedBy == Person);
        (await Db.Deliveries.CountAsync(d => d.ReplayNumber == 1 && d.State == DeliveryState.Waiting, Cancel)).ShouldBe(153);
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Held, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task DryRun_Replay_CountsWhatARealRunThenSendsAndDecidesNothing()
    {
        var endpoint = await EndpointAsync(attempts: 2);
        await AttemptedAsync(endpoint, 120, Answers.Unknown, Answers.Status(400));
        var gone = await AttemptedAsync(endpoint, 1, Answers.NotSent, Answers.Status(400));
        await Given.WriteAsync(db => db.MessagePayloads.Where(p => p.MessageId == gone[0]).ExecuteDeleteAsync(Cancel));

        var counted = await SentAgainAsync(Letters() with { DryRun = true });

        (counted.Matched, counted.ToSend, counted.Sent, counted.MayBeDuplicates, counted.Skipped.PayloadGone)
            .ShouldBe((121, 120, 0, 120, 1));
        (await LettersAsync()).ShouldAllBe(l => l.State == DeadLetterState.Open);
        (await Db.Deliveries.AnyAsync(d => d.ReplayNumber > 0, Cancel)).ShouldBeFalse();
        (await SentAgainAsync(Letters())).ShouldBe(counted with { DryRun = false, Sent = counted.ToSend });
    }

    [Fact]
    public async Task Replay_EndpointsThatTakeNothing_AreSkippedAndSaid()
    {
        var (disabled, paused, deleted) = (await EndpointAsync(), await EndpointAsync(), await EndpointAsync());
        foreach (var endpoint in new[] { disabled, paused, deleted })
            await AttemptedAsync(endpoint, 1, Answers.Status(400));
        await SetAsync(disabled, e => e.Disabled = true);
        await SetAsync(paused, e => e.PausedAt = Now);
        await SetAsync(deleted, e => e.DeletedAt = Now);

        var done = await SentAgainAsync(Letters());

        (done.Matched, done.ToSend).ShouldBe((3, 0));
        done.Skipped.ShouldBe(new DeadLettersSkipped { EndpointDisabled = 1, EndpointPaused = 1, EndpointDeleted = 1 });
        (await LettersAsync()).ShouldAllBe(l => l.State == DeadLetterState.Open);
    }

    [Fact]
    public async Task Replay_TwoLettersOfOneMessage_SendsItOnce()
    {
        var endpoint = await EndpointAsync();
        var message = (await Given.MessagesAsync(endpoint, 1))[0];
        await Given.ResendAsync(message, endpoint);
        await RecordAsync(Answers.Status(400), (await ClaimAsync()).Deliveries);

        var done = await SentAgainAsync(Letters());

        (done.Matched, done.ToSend, done.Sent).ShouldBe((2, 1, 1));
        (await LettersAsync()).ShouldAllBe(l => l.State == DeadLetterState.Replayed);
        (await WithReplayAsync(endpoint, 2)).ShouldBe([message]);
    }

    [Theory]
    [InlineData("application", 4)]
    [InlineData("endpoint", 4)]
    [InlineData("event type", 1)]
    [InlineData("rejected", 5)]
    [InlineData("held", 2)]
    [InlineData("before", 4)]
    [InlineData("after", 3)]
    [InlineData("incident", 1)]
    public async Task Any_Filter_NarrowsIt(string by, int count)
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 4, Answers.Status(400));
        var between = Now;
        await AttemptedAsync(await HoldingAsync(), 2, Answers.Unknown);
        var other = await EndpointAsync();
        await PublishAsync(other, "a", null, 1);
        await RecordAsync(Answers.Status(400), (await ClaimAsync()).Deliveries);
        await Given.WriteAsync(db => db.DeadLetters.Where(l => l.EndpointId == other)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.IncidentId, new IncidentId(7)), Cancel));

        var done = await SentAgainAsync(Letters(by switch
        {
            "application" => new DeadLetterFilter { ApplicationId = (await LaneAsync(endpoint)).ApplicationId },
            "endpoint" => new DeadLetterFilter { EndpointId = endpoint },
            "event type" => new DeadLetterFilter { EventTypes = ["a", "b"] },
            "rejected" => new DeadLetterFilter { Causes = [DeadLetterCause.Rejected, DeadLetterCause.Ours] },
            "held" => new DeadLetterFilter { Causes = [DeadLetterCause.HeldUnknown] },
            "before" => new DeadLetterFilter { Before = between.AddTicks(10) },
            "after" => new DeadLetterFilter { After = between },
            _ => new DeadLetterFilter { IncidentId = new IncidentId(7) },
        }));

        done.Sent.ShouldBe(count);
        (await Db.DeadLetters.CountAsync(l => l.State == DeadLetterState.Replayed, Cancel)).ShouldBe(count);
    }

    [Fact]
    public async Task Replay_DecidedBefore_IsLeft()
    {
        await AttemptedAsync(await EndpointAsync(), 2, Answers.Status(400));
        var letters = await LettersAsync();
        await ReplayAsync(letters[0].DeliveryId);
        await DiscardAsync(letters[1].DeliveryId);

        (await SentAgainAsync(Letters())).Matched.ShouldBe(0);
    }

    [Fact]
    public async Task Discard_DeadAndHeld_EndsThemWithTheReason()
    {
        await AttemptedAsync(await EndpointAsync(), 150, Answers.Status(400));
        await AttemptedAsync(await HoldingAsync(), 3, Answers.Unknown);

        var done = TaskJson.Read<DeadLetterDiscardProgress>((await RunAsync(await DiscardingAsync(dryRun: false))).Progress);

        done.ShouldBe(new DeadLetterDiscardProgress { DryRun = false, Matched = 153, Discarded = 153 });
        (await LettersAsync()).ShouldAllBe(
            l => l.State == DeadLetterState.Discarded && l.DecidedBy == Person && l.Note == "Contract ended.");
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Canceled, Cancel)).ShouldBe(3);
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Dead, Cancel)).ShouldBe(150);
    }

    [Fact]
    public async Task DryRun_Discard_OnlyCounts()
    {
        await AttemptedAsync(await EndpointAsync(), 2, Answers.Status(400));

        var done = TaskJson.Read<DeadLetterDiscardProgress>((await RunAsync(await DiscardingAsync(dryRun: true))).Progress);

        done.ShouldBe(new DeadLetterDiscardProgress { DryRun = true, Matched = 2, Discarded = 0 });
        (await LettersAsync()).ShouldAllBe(l => l.State == DeadLetterState.Open);
    }

    [Fact]
    public async Task Step_TwoRunnersAtOnce_OneDoesIt()
    {
        await AttemptedAsync(await EndpointAsync(), 150, Answers.Status(400));
        var task = await ReplayingAsync(Letters());

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => RunAsync(task), Cancel)));

        TaskJson.Read<DeadLetterReplayProgress>((await TaskAsync(task)).Progress).Sent.ShouldBe(150);
        (await Db.Deliveries.CountAsync(d => d.ReplayNumber > 0, Cancel)).ShouldBe(150);
    }

    [Fact]
    public async Task Run_CanceledMeanwhile_LeavesTheRestUndecided()
    {
        await AttemptedAsync(await EndpointAsync(), 150, Answers.Status(400));
        var task = await ReplayingAsync(Letters());
        await StepAsync(task);
        await Given.WriteAsync(db => db.BackgroundTasks.ExecuteUpdateAsync(
            set => set.SetProperty(t => t.State, BackgroundTaskState.Canceled), Cancel));

        await RunAsync(task);

        (await Db.DeadLetters.CountAsync(l => l.State == DeadLetterState.Replayed, Cancel)).ShouldBe(100);
    }

    [Fact]
    public async Task Run_Paced_GivesTheWorkerBackUntilTheNextSecond()
    {
        await AttemptedAsync(await EndpointAsync(), 25, Answers.Status(400));
        var task = await ReplayingAsync(Letters() with { RatePerSecond = 10 });
        var sent = new List<int>();

        for (DateTimeOffset? next = Now; next is not null;)
        {
            next.Value.ShouldBeInRange(Now, Now.AddSeconds(1));
            Clock.Advance(next.Value - Now);
            next = await WithRunnerAsync(runner => runner.RunAsync(task, Cancel));
            sent.Add(TaskJson.Read<DeadLetterReplayProgress>((await TaskAsync(task)).Progress).Sent);
        }

        sent.ShouldBe([10, 20, 25]);
        (await TaskAsync(task)).State.ShouldBe(BackgroundTaskState.Finished);
    }

    [Fact]
    public async Task Run_PacedAndStartedAgainTooEarly_SendsNothing()
    {
        await AttemptedAsync(await EndpointAsync(), 25, Answers.Status(400));
        var task = await ReplayingAsync(Letters() with { RatePerSecond = 10 });
        var next = await WithRunnerAsync(runner => runner.RunAsync(task, Cancel));
        Clock.Advance(TimeSpan.FromMilliseconds(999));

        (await WithRunnerAsync(runner => runner.RunAsync(task, Cancel))).ShouldBe(next);

        (await Db.Deliveries.CountAsync(d => d.ReplayNumber > 0, Cancel)).ShouldBe(10);
    }

    [Fact]
    public async Task Run_PacedAndNothingCanBeSent_DoesNotWait()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 25, Answers.Status(400));
        await SetAsync(endpoint, e => e.Disabled = true);

        (await SentAgainAsync(Letters() with { RatePerSecond = 1 })).Skipped.EndpointDisabled.ShouldBe(25);
    }

    private static DeadLetterTaskParameters Letters(DeadLetterFilter? filter = null) =>
        new() { Filter = (filter ?? new()) with { Status = DeadLetterStatus.Undecided }, DryRun = false, By = Person };

    private Task<BackgroundTaskId> ReplayingAsync(DeadLetterTaskParameters asked) => AddAsync(tasks => tasks.Add(
        BackgroundTaskKind.DeadLetterReplay, null, null, asked, new DeadLetterReplayProgress { DryRun = asked.DryRun }));

    private Task<BackgroundTaskId> DiscardingAsync(bool dryRun) => AddAsync(tasks => tasks.Add(
        BackgroundTaskKind.DeadLetterDiscard, null, null, Letters() with { DryRun = dryRun, Note = "Contract ended." },
        new DeadLetterDiscardProgress { DryRun = dryRun }));

    private async Task<DeadLetterReplayProgress> SentAgainAsync(DeadLetterTaskParameters asked)
    {
        var task = await RunAsync(await ReplayingAsync(asked));
        (task.State, task.Error).ShouldBe((BackgroundTaskState.Finished, null));
        return TaskJson.Read<DeadLetterReplayProgress>(task.Progress);
    }

    private Task SetAsync(EndpointId id, Action<Endpoint> change) => Given.WriteAsync(async db =>
    {
        change(await db.Endpoints.AsTracking().SingleAsync(e => e.Id == id, Cancel));
        await db.SaveChangesAsync(Cancel);
    });
}
