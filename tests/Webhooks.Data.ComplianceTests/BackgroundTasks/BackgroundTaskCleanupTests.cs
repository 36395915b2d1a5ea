using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

public abstract class BackgroundTaskCleanupTests(Store store) : StoreTests(store)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    [Fact]
    public async Task Run_EndedNinetyDaysAgo_ForgetsAllBatches()
    {
        await Given.SaveAsync([.. Enumerable.Range(0, 210).Select(number => Ended((BackgroundTaskState)(1 + number % 3), Now))]);
        Clock.Advance(Kept);

        await CleanAsync();

        (await Db.BackgroundTasks.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_EndedLaterOrRunning_Keeps()
    {
        await Given.SaveAsync(Ended(BackgroundTaskState.Finished, Now.AddMicroseconds(1)), Ended(BackgroundTaskState.Running, null));
        Clock.Advance(Kept);

        await CleanAsync();

        (await Db.BackgroundTasks.CountAsync(Cancel)).ShouldBe(2);
    }

    private async Task CleanAsync()
    {
        await using var db = NewContext();
        await new BackgroundTaskCleanup(db, Sql, Clock).RunAsync(Cancel);
    }

    private BackgroundTask Ended(BackgroundTaskState state, DateTimeOffset? at) => new()
    {
        Id = Ids.New<BackgroundTaskId>(), Kind = BackgroundTaskKind.Recover, State = state, Parameters = "{}", Progress = "{}",
        CreatedAt = Now, UpdatedAt = Now, FinishedAt = at,
    };
}
