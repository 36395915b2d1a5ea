using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Messages;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Tests.Retention;

public sealed class RetentionRunTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new();
    private int _steps;

    [Fact]
    public async Task Run_StepTookASecond_LetsOthersWorkForFour()
    {
        var run = new RetentionRun(_clock).RunAsync(Step(Second, steps: 2), Cancel);
        var atFirst = _steps;

        _clock.Advance(4 * Second - TimeSpan.FromTicks(1));
        var justBefore = _steps;
        _clock.Advance(TimeSpan.FromTicks(1));
        await run;

        (atFirst, justBefore, _steps).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Run_NothingMoreToDo_EndsAtOnce()
    {
        await new RetentionRun(_clock).RunAsync(Step(Second, steps: 1), Cancel);

        _steps.ShouldBe(1);
    }

    [Fact]
    public async Task Run_TimeIsUp_EndsWithMoreToDo()
    {
        await new RetentionRun(_clock).RunAsync(Step(RetentionRun.Longest, steps: 100), Cancel);

        _steps.ShouldBe(1);
    }

    [Fact]
    public async Task Run_NodeStops_EndsInTheBreak()
    {
        using var stopping = new CancellationTokenSource();
        var run = new RetentionRun(_clock).RunAsync(Step(Second, steps: 2), stopping.Token);

        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        _steps.ShouldBe(1);
    }

    [Fact]
    public void Cut_AnySizes_TakesOneAtLeastAndNoMoreThanFitsTogether()
    {
        const int Megabyte = 1024 * 1024;

        Cut().ShouldBe(0);
        Cut(20 * Megabyte, 1).ShouldBe(1);
        Cut(3 * Megabyte, 5 * Megabyte, 1).ShouldBe(2);
        Cut(int.MaxValue, int.MaxValue).ShouldBe(1);
        Cut(1, 2, 3).ShouldBe(3);
    }

    private static int Cut(params int[] bytes) => SmallBatch.Cut(bytes.Select((size, n) => new PayloadSize(new MessageId((UInt128)n), size))).Count;

    private Func<CancellationToken, Task<bool>> Step(TimeSpan takes, int steps) => _ =>
    {
        _clock.Advance(takes);
        return Task.FromResult(++_steps < steps);
    };
}
