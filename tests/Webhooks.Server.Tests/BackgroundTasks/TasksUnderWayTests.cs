using Webhooks.Server.Jobs;

namespace Webhooks.Server.Tests.BackgroundTasks;

/// <summary>A task is with one worker at most, and with none while it waits for its pace.</summary>
public sealed class TasksUnderWayTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TasksUnderWay _tasks = new();

    [Fact]
    public void TryAdd_Taken_IsRefusedUntilItIsRemoved()
    {
        _tasks.TryAdd("a").ShouldBeTrue();

        _tasks.TryAdd("a").ShouldBeFalse();

        _tasks.Remove("a");
        _tasks.TryAdd("a").ShouldBeTrue();
    }

    [Fact]
    public void Resume_PauseIsOver_GivesItOutOnce()
    {
        _tasks.TryAdd("a");
        _tasks.TryAdd("b");
        _tasks.TryAdd("c");
        _tasks.Pause("a", Now);
        _tasks.Pause("b", Now.AddSeconds(1));

        _tasks.Resume(Now).ShouldBe(["a"]);
        _tasks.Resume(Now).ShouldBeEmpty();
        _tasks.Resume(Now.AddSeconds(1)).ShouldBe(["b"]);
    }

    [Fact]
    public void TryAdd_Paused_IsRefused()
    {
        _tasks.TryAdd("a");
        _tasks.Pause("a", Now);

        _tasks.TryAdd("a").ShouldBeFalse();
    }

    [Fact]
    public void NextIn_AnyPauses_IsTheTimeToTheFirstThatEnds()
    {
        _tasks.NextIn(Now, Minute).ShouldBe(Minute);
        _tasks.TryAdd("with a worker");
        _tasks.NextIn(Now, Minute).ShouldBe(Minute);
        _tasks.Pause("a", Now.AddSeconds(2));
        _tasks.Pause("b", Now.AddSeconds(1));
        _tasks.NextIn(Now, Minute).ShouldBe(TimeSpan.FromSeconds(1));
        _tasks.NextIn(Now.AddSeconds(5), Minute).ShouldBe(TimeSpan.Zero);
    }
}
