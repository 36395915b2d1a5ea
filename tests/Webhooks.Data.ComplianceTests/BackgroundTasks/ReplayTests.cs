using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>Which messages each kind of replay sends, and what it says about them.</summary>
public abstract class ReplayTests(Store store) : TaskTests(store)
{
    [Fact]
    public async Task Recover_MessagesInEveryState_SendsWhatFailed()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 2, Answers.Ok);
        var failed = await AttemptedAsync(endpoint, 3, Answers.Status(400));
        await Given.MessagesAsync(endpoint, 4);

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));

        (done.Matched, done.ToSend, done.Sent, done.MayBeDuplicates, done.Skipped.PayloadGone).ShouldBe((3, 3, 3, 0, 0));
        (await WithReplayAsync(endpoint, 1)).ShouldBe(failed);
    }

    [Fact]
    public async Task Recover_Sent_IsDueInItsLaneAsAResendIs()
    {
        var endpoint = await EndpointAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Status(400)))[0];

        await RunAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));

        var again = await Db.Deliveries.SingleAsync(d => d.ReplayNumber == 1, Cancel);
        (again.MessageId, again.EndpointId, again.TriggerType).ShouldBe((message, endpoint, AttemptTrigger.Manual));
        (again.State, again.DueAt, again.Sequence, again.LastOutcome).ShouldBe((DeliveryState.Waiting, Now, 2, AttemptOutcome.Rejected));
        (await ClaimAsync()).Deliveries.Select(d => d.Request.DeliveryId).ShouldBe([again.Id]);
    }

    [Fact]
    public async Task Recover_SentAgainAlready_LooksAtTheNewestDelivery()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 1, Answers.Status(400));
        await RunAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint))).Matched.ShouldBe(0);
    }

    [Fact]
    public async Task Recover_Range_LeavesOutWhatIsBeforeAndAfter()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 1, Answers.Status(400));
        var since = Now;
        var within = await AttemptedAsync(endpoint, 1, Answers.Status(400));
        var until = Now.AddMilliseconds(-1);
        await AttemptedAsync(endpoint, 1, Answers.Status(400));

        await RunAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint, asked => asked with { Since = since, Until = until }));

        (await WithReplayAsync(endpoint, 1)).ShouldBe(within);
    }

    [Fact]
    public async Task Recover_OtherEndpoints_AreLeftAlone()
    {
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(application, e => e.RetrySchedule = []);
        var other = await Given.EndpointAsync(application, e => e.RetrySchedule = []);
        await AttemptedAsync(endpoint, 1, Answers.Status(400));

        await RunAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));

        (await WithReplayAsync(endpoint, 1)).Count.ShouldBe(1);
        (await WithReplayAsync(other, 1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Any_PayloadGone_IsSkippedAndSaid()
    {
        var endpoint = await EndpointAsync();
        var messages = await AttemptedAsync(endpoint, 2, Answers.Status(400));
        await Given.WriteAsync(db => db.MessagePayloads.Where(p => p.MessageId == messages[0]).ExecuteDeleteAsync(Cancel));

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint));

        (done.Matched, done.ToSend, done.Sent, done.Skipped.PayloadGone).ShouldBe((2, 1, 1, 1));
        (await WithReplayAsync(endpoint, 1)).ShouldBe([messages[1]]);
    }

    [Fact]
    public async Task BulkReplay_EarlierOutcomes_SayWhatMayBeDuplicates()
    {
        var endpoint = await EndpointAsync(attempts: 2);
        await AttemptedAsync(endpoint, 1, Answers.Ok);
        await AttemptedAsync(endpoint, 10, Answers.Unknown, Answers.Status(400)); // the last attempt does not tell
        await AttemptedAsync(endpoint, 100, Answers.NotSent, Answers.Status(400));
        await Given.MessagesAsync(endpoint, 50);

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.BulkReplay, endpoint));

        (done.Matched, done.Sent, done.MayBeDuplicates).ShouldBe((161, 161, 1 + 10 + 50));
    }

    [Theory]
    [InlineData(null, 1 + 2 + 4)]
    [InlineData((int)MessageStatus.Success, 1)]
    [InlineData((int)MessageStatus.Fail, 2)]
    [InlineData((int)MessageStatus.Pending, 4)]
    [InlineData((int)MessageStatus.Sending, 0)]
    [InlineData((int)MessageStatus.Canceled, 8)]
    public async Task BulkReplay_Status_IsThatOfTheNewestDelivery(int? status, int count)
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 1, Answers.Ok);
        await AttemptedAsync(endpoint, 2, Answers.Status(400));
        await FilteredAsync(endpoint, 8);
        await Given.MessagesAsync(endpoint, 4);

        var task = await ReplayAsync(BackgroundTaskKind.BulkReplay, endpoint, asked => asked with { Status = (MessageStatus?)status });

        (await ReplayedAsync(task)).Sent.ShouldBe(count);
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(400, 2)]
    [InlineData(0, 4)]
    [InlineData(500, 0)]
    public async Task BulkReplay_StatusCodeClass_IsThatOfTheNewestAttempt(int statusCodeClass, int count)
    {
        var endpoint = await EndpointAsync(attempts: 2);
        await AttemptedAsync(endpoint, 1, Answers.Ok);
        await AttemptedAsync(endpoint, 2, Answers.Status(501), Answers.Status(404));
        await AttemptedAsync(endpoint, 4, Answers.Status(501), Answers.NotSent);
        await Given.MessagesAsync(endpoint, 8);

        var task = await ReplayAsync(BackgroundTaskKind.BulkReplay, endpoint, asked => asked with { StatusCodeClass = statusCodeClass });

        (await ReplayedAsync(task)).Sent.ShouldBe(count);
    }

    [Theory]
    [InlineData("a", null, 3)]
    [InlineData("a,b", null, 7)]
    [InlineData(null, "c", 5)]
    [InlineData("a", "c", 1)]
    public async Task BulkReplay_EventTypesAndChannel_NarrowIt(string? types, string? channel, int count)
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint, "a", ["c"], 1);
        await PublishAsync(endpoint, "a", null, 2);
        await PublishAsync(endpoint, "b", ["c", "d"], 4);

        var task = await ReplayAsync(
            BackgroundTaskKind.BulkReplay, endpoint, asked => asked with { EventTypes = types?.Split(',').ToList(), Channel = channel });

        (await ReplayedAsync(task)).Sent.ShouldBe(count);
    }

    [Fact]
    public async Task ReplayMissing_WhatIsThere_SendsOnlyWhatWasFilteredOrCanceled()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 1, Answers.Ok);
        await AttemptedAsync(endpoint, 1, Answers.Status(400));
        var filtered = await FilteredAsync(endpoint, 2);
        var canceled = await FilteredAsync(endpoint, 1, DeliveryState.Canceled);
        await Given.MessagesAsync(endpoint, 1);

        await RunAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, endpoint));

        (await WithReplayAsync(endpoint, 1)).ShouldBe([.. filtered, .. canceled]);
    }

    [Theory]
    [InlineData((int)BackgroundTaskKind.Recover)]
    [InlineData((int)BackgroundTaskKind.BulkReplay)]
    [InlineData((int)BackgroundTaskKind.ReplayMissing)]
    public async Task DryRun_Any_CountsWhatARealRunThenSendsAndSendsNothing(int kind)
    {
        var endpoint = await EndpointAsync(attempts: 2);
        await FilteredAsync(endpoint, 30);
        await AttemptedAsync(endpoint, 40, Answers.Unknown, Answers.Status(400));
        await AttemptedAsync(endpoint, 250, Answers.NotSent, Answers.Status(400));
        var gone = await AttemptedAsync(endpoint, 1, Answers.NotSent, Answers.Status(400));
        await Given.WriteAsync(db => db.MessagePayloads.Where(p => p.MessageId == gone[0]).ExecuteDeleteAsync(Cancel));
        var before = await Db.Deliveries.CountAsync(Cancel);

        var counted = await ReplayedAsync(await ReplayAsync((BackgroundTaskKind)kind, endpoint, asked => asked with { DryRun = true }));

        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(before);
        (counted.DryRun, counted.Sent).ShouldBe((true, 0));
        var done = await ReplayedAsync(await ReplayAsync((BackgroundTaskKind)kind, endpoint));
        done.ShouldBe(counted with { DryRun = false, Sent = counted.ToSend });
        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(before + counted.ToSend);
        counted.ToSend.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Run_EndpointDisabledOrDeletedMeanwhile_EndsAsFailedAndSaysWhy()
    {
        var (disabled, deleted) = (await EndpointAsync(), await EndpointAsync());
        BackgroundTaskId[] tasks =
            [await ReplayAsync(BackgroundTaskKind.Recover, disabled), await ReplayAsync(BackgroundTaskKind.Recover, deleted)];
        await Given.WriteAsync(async db =>
        {
            await db.Endpoints.Where(e => e.Id == disabled).ExecuteUpdateAsync(set => set.SetProperty(e => e.Disabled, true), Cancel);
            await db.Endpoints.Where(e => e.Id == deleted).ExecuteUpdateAsync(set => set.SetProperty(e => e.DeletedAt, Now), Cancel);
        });

        var ended = new[] { await RunAsync(tasks[0]), await RunAsync(tasks[1]) };

        ended.Select(task => task.State).ShouldAllBe(state => state == BackgroundTaskState.Failed);
        ended[0].Error.ShouldNotBeNull().ShouldContain("disabled");
        ended[1].Error.ShouldNotBeNull().ShouldContain("deleted");
    }

    [Fact]
    public async Task DryRun_DisabledEndpoint_Counts()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 3, Answers.Status(400));
        await Given.WriteAsync(db =>
            db.Endpoints.Where(e => e.Id == endpoint).ExecuteUpdateAsync(set => set.SetProperty(e => e.Disabled, true), Cancel));

        var task = await ReplayAsync(BackgroundTaskKind.Recover, endpoint, asked => asked with { DryRun = true });

        (await ReplayedAsync(task)).ToSend.ShouldBe(3);
    }

    private async Task<List<MessageId>> FilteredAsync(EndpointId endpoint, int count, DeliveryState state = DeliveryState.Filtered)
    {
        var messages = await Given.MessagesAsync(endpoint, count);
        await Given.WriteAsync(db => db.Deliveries.Where(d => d.EndpointId == endpoint && messages.Contains(d.MessageId))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, state), Cancel));
        return messages;
    }
}
