using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Deliveries;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>What applications used: each counted once, whatever the size.</summary>
public abstract class UsageTests(Store store) : TaskTests(store)
{
    [Fact]
    public async Task Count_AllApplications_HasAnEntryForEachInTheOrderOfTheirIds()
    {
        var first = await Given.ApplicationAsync(a => a.Uid = "one");
        var (second, idle) = (await Given.ApplicationAsync(), await Given.ApplicationAsync());
        await Given.EndpointAsync(first);
        await Given.EndpointAsync(first);
        for (var i = 0; i < 3; i++)
            await Given.MessageAsync(first);
        await Given.MessageAsync(second);
        await Given.MessageAsync(OperationalApplication.Id); // the service's own: nobody's usage

        (await CountedAsync(null)).ShouldBe(
        [
            new ApplicationUsage(first, "one", 3, 6), new ApplicationUsage(second, null, 1, 0), new ApplicationUsage(idle, null, 0, 0),
        ]);
    }

    [Fact]
    public async Task Count_ResentAndFiltered_AreDestinationsOnceAndNever()
    {
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(application);
        var messages = await Given.MessagesAsync(endpoint, 2);
        await Given.ResendAsync(messages[0], endpoint);
        await Given.WriteAsync(db => db.Deliveries.Where(d => d.MessageId == messages[1])
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Filtered), Cancel));

        (await CountedAsync(null)).ShouldBe([new ApplicationUsage(application, null, 2, 1)]);
    }

    [Fact]
    public async Task Count_Range_LeavesOutWhatIsBeforeAndAfter()
    {
        var application = await Given.ApplicationAsync();
        await Given.MessageAsync(application);
        Clock.Advance(TimeSpan.FromHours(1));
        var since = Now;
        await Given.MessageAsync(application);
        await Given.MessageAsync(application);
        Clock.Advance(TimeSpan.FromHours(1));
        var until = Now.AddMilliseconds(-1);
        await Given.MessageAsync(application);

        (await CountedAsync(new(since, until, null))).ShouldBe([new ApplicationUsage(application, null, 2, 0)]);
    }

    [Fact]
    public async Task Count_NamedOnly_LeavesOutTheOthers()
    {
        var (named, other) = (await Given.ApplicationAsync(), await Given.ApplicationAsync());
        await Given.MessageAsync(named);
        await Given.MessageAsync(other);

        (await CountedAsync(new(Since, Now, [named]))).ShouldBe([new ApplicationUsage(named, null, 1, 0)]);
    }

    [Fact]
    public async Task Count_MoreThanAStepCanTake_GoesOnAfterACrashAnywhere()
    {
        var large = await EndpointAsync();
        var application = (await LaneAsync(large)).ApplicationId;
        await Given.MessagesAsync(large, UsageStep.MaxMessages + 300);
        for (var i = 0; i < UsageStep.MaxApplications + 20; i++)
            await Given.ApplicationAsync();
        var last = await Given.ApplicationAsync();
        await Given.MessageAsync(last);

        var task = await AddAsync(tasks => tasks.Add(
            BackgroundTaskKind.ApplicationUsage, null, null, new UsageParameters(Since, Now, null), new UsageProgress([])));
        var steps = 1;
        while (await StepAsync(task))
            steps++;

        steps.ShouldBe(3);
        var counted = TaskJson.Read<UsageProgress>((await TaskAsync(task)).Progress).AppStats;
        counted.Count.ShouldBe(UsageStep.MaxApplications + 22);
        counted[0].ShouldBe(new ApplicationUsage(application, null, UsageStep.MaxMessages + 300, UsageStep.MaxMessages + 300));
        counted[^1].ShouldBe(new ApplicationUsage(last, null, 1, 0));
        counted.Select(usage => usage.AppId).ShouldBeUnique();
    }

    private async Task<IReadOnlyList<ApplicationUsage>> CountedAsync(UsageParameters? asked)
    {
        var task = await RunAsync(await AddAsync(tasks => tasks.Add(
            BackgroundTaskKind.ApplicationUsage, null, null, asked ?? new UsageParameters(Since, Now, null), new UsageProgress([]))));
        task.State.ShouldBe(BackgroundTaskState.Finished);
        return TaskJson.Read<UsageProgress>(task.Progress).AppStats;
    }
}
