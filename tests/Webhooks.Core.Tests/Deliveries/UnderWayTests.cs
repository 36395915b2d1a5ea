using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Tests.Deliveries;

public sealed class UnderWayTests
{
    private readonly UnderWay _underWay = new();

    [Fact]
    public async Task WhenEmptyAsync_NothingWasAdded_Ends()
    {
        await _underWay.WhenEmptyAsync();
    }

    [Fact]
    public async Task WhenEmptyAsync_AllEndedBefore_Ends()
    {
        _underWay.Add(Task.CompletedTask);
        _underWay.Add(Task.CompletedTask);

        await _underWay.WhenEmptyAsync();
    }

    [Fact]
    public async Task WhenEmptyAsync_OneRunsStill_WaitsForIt()
    {
        var running = new TaskCompletionSource();
        _underWay.Add(Task.CompletedTask);
        _underWay.Add(running.Task);

        var empty = _underWay.WhenEmptyAsync();

        empty.IsCompleted.ShouldBeFalse();
        running.SetResult();
        await empty;
    }

    [Fact]
    public async Task WhenEmptyAsync_TaskFaulted_EndsAllTheSame()
    {
        _underWay.Add(Task.FromException(new TimeoutException()));

        await _underWay.WhenEmptyAsync();
    }
}
