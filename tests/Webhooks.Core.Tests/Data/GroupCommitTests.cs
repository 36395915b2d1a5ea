using System.Collections.Concurrent;
using Webhooks.Core.Data;

namespace Webhooks.Core.Tests.Data;

public sealed class GroupCommitTests
{
    private readonly ConcurrentQueue<int[]> _batches = [];
    private readonly TaskCompletionSource _firstCommitBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstCommitMayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task TryJoin_Idle_CommitsAtOnce()
    {
        var group = Group(capacity: 10, maxBatch: 10);
        _firstCommitMayEnd.SetResult();

        var result = await group.TryJoin(1)!;

        result.ShouldBe("1");
    }

    [Fact]
    public async Task TryJoin_WhileCommitIsUnderWay_NextCommitTakesAllThatGathered()
    {
        var group = Group(capacity: 10, maxBatch: 10);
        var first = group.TryJoin(0)!;
        await _firstCommitBegan.Task;

        var gathered = Enumerable.Range(1, 5).Select(item => group.TryJoin(item)!).ToArray();
        _firstCommitMayEnd.SetResult();
        await Task.WhenAll([first, .. gathered]);

        _batches.ShouldBe([[0], [1, 2, 3, 4, 5]]);
    }

    [Fact]
    public async Task TryJoin_MoreThanMaxBatch_IsSplit()
    {
        var group = Group(capacity: 10, maxBatch: 2);
        var first = group.TryJoin(0)!;
        await _firstCommitBegan.Task;

        var gathered = Enumerable.Range(1, 5).Select(item => group.TryJoin(item)!).ToArray();
        _firstCommitMayEnd.SetResult();
        await Task.WhenAll([first, .. gathered]);

        _batches.ShouldBe([[0], [1, 2], [3, 4], [5]]);
    }

    [Fact]
    public async Task TryJoin_CommitUnderWay_TaskIsNotComplete()
    {
        var group = Group(capacity: 10, maxBatch: 10);

        var joining = group.TryJoin(0)!;
        await _firstCommitBegan.Task;

        joining.IsCompleted.ShouldBeFalse();
        _firstCommitMayEnd.SetResult();
        await joining;
    }

    [Fact]
    public async Task TryJoin_CapacityIsWaiting_IsNull()
    {
        var group = Group(capacity: 3, maxBatch: 10);
        var first = group.TryJoin(0)!;
        await _firstCommitBegan.Task;
        var waiting = Enumerable.Range(1, 3).Select(item => group.TryJoin(item)!).ToArray();

        var refused = group.TryJoin(4);

        refused.ShouldBeNull();
        group.IsFull.ShouldBeTrue();
        _firstCommitMayEnd.SetResult();
        await Task.WhenAll([first, .. waiting]);
        group.IsFull.ShouldBeFalse();
    }

    [Fact]
    public async Task TryJoin_QueueWasDrained_AcceptsAgain()
    {
        var group = Group(capacity: 1, maxBatch: 10);
        _firstCommitMayEnd.SetResult();
        await group.TryJoin(1)!;

        var again = await group.TryJoin(2)!;

        again.ShouldBe("2");
    }

    [Fact]
    public async Task TryJoin_OneItemFaultsItsBatch_FailsAlone()
    {
        var group = Group(capacity: 10, maxBatch: 10, Refuse(3));
        var first = group.TryJoin(0)!;
        await _firstCommitBegan.Task;
        var gathered = Enumerable.Range(1, 5).Select(item => group.TryJoin(item)!).ToArray();
        _firstCommitMayEnd.SetResult();

        await Task.WhenAll(gathered).ShouldThrowAsync<ArgumentException>();

        gathered.Select(task => task.IsFaulted).ShouldBe([false, false, true, false, false]);
        await first;
    }

    [Fact]
    public async Task TryJoin_FaultConcernsAll_FailsTheBatchAtOnce()
    {
        var group = Group(capacity: 10, maxBatch: 10, batch => throw new TimeoutException(), concernsAll: true);
        var first = group.TryJoin(0)!;
        await _firstCommitBegan.Task;
        var gathered = Enumerable.Range(1, 5).Select(item => group.TryJoin(item)!).ToArray();
        _firstCommitMayEnd.SetResult();

        await Task.WhenAll([first, .. gathered]).ShouldThrowAsync<TimeoutException>();

        gathered.ShouldAllBe(task => task.IsFaulted);
        _batches.Count.ShouldBe(2);
    }

    [Fact]
    public async Task TryJoin_AfterFault_NextCommitSucceeds()
    {
        var group = Group(capacity: 10, maxBatch: 10, Refuse(3));
        _firstCommitMayEnd.SetResult();
        await group.TryJoin(3)!.ShouldThrowAsync<ArgumentException>();

        var result = await group.TryJoin(4)!;

        result.ShouldBe("4");
    }

    [Fact]
    public async Task TryJoin_ManyThreadsAskingOneByOne_NobodyIsForgotten()
    {
        // Each thread waits for its own item before the next, so the drain ends and starts again all the time.
        var group = Group(capacity: 100, maxBatch: 10);
        _firstCommitMayEnd.SetResult();

        var threads = Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 20_000; i++)
                (await group.TryJoin(i)!).ShouldBe($"{i}");
        }));

        await Task.WhenAll(threads).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static Action<IReadOnlyList<int>> Refuse(int item) => batch =>
    {
        if (batch.Contains(item))
            throw new ArgumentException($"{item}");
    };

    private GroupCommit<int, string> Group(int capacity, int maxBatch, Action<IReadOnlyList<int>>? fault = null, bool concernsAll = false) => new(
        capacity,
        maxBatch,
        async batch =>
        {
            _batches.Enqueue([.. batch]);
            _firstCommitBegan.TrySetResult();
            await _firstCommitMayEnd.Task;
            fault?.Invoke(batch);
            return [.. batch.Select(item => $"{item}")];
        },
        _ => concernsAll);
}
