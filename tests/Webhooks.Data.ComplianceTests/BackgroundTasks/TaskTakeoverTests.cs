using Webhooks.Core.BackgroundTasks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>Nodes share tasks out: none works on what another one works on.</summary>
public abstract class TaskTakeoverTests(Store store) : TaskTests(store)
{
    [Fact]
    public async Task Take_ANewTask_IsOneNodes()
    {
        var task = await NewTaskAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await TakeAsync()).ShouldBe([task]);
        (await TakeAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Take_ByManyNodesAtOnce_IsOneNodes()
    {
        await NewTaskAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(TakeAsync, Cancel)));

        taken.Sum(tasks => tasks.Count).ShouldBe(1);
    }

    [Fact]
    public async Task Take_WhatAnotherNodeLeftBehind_IsTakenOver()
    {
        var task = await NewTaskAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync();

        Clock.Advance(TimeSpan.FromSeconds(30));

        (await TakeAsync()).ShouldBe([task]);
    }

    [Fact]
    public async Task Take_WhatHasEnded_IsLeft()
    {
        await StepAsync(await NewTaskAsync());
        Clock.Advance(TimeSpan.FromMinutes(5));

        (await TakeAsync()).ShouldBeEmpty();
    }

    // There is nothing to send again, so its first step ends it.
    private async Task<BackgroundTaskId> NewTaskAsync() => await ReplayAsync(BackgroundTaskKind.Recover, await Given.EndpointAsync());

    private async Task<IReadOnlyList<BackgroundTaskId>> TakeAsync()
    {
        await using var db = NewContext();
        return await new TaskTakeover(db, Sql, Clock).TakeAsync(Cancel);
    }
}
