namespace Webhooks.Core.Deliveries;

/// <summary>Tasks that were started and must end before their owner does.</summary>
internal sealed class UnderWay
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the owner, so that it only falls to 0 once the owner waits.
    private int _count = 1;

    /// <param name="task">Must not fault: nobody looks at its result.</param>
    public void Add(Task task)
    {
        Interlocked.Increment(ref _count);
        task.ContinueWith(static (_, self) => ((UnderWay)self!).Leave(), this, TaskScheduler.Default);
    }

    /// <summary>Ends when every task has. Call it once, when no more are added.</summary>
    public Task WhenEmptyAsync()
    {
        Leave();
        return _empty.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
            _empty.SetResult();
    }
}
