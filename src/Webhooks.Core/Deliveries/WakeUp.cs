namespace Webhooks.Core.Deliveries;

/// <summary>
/// Tells this node's pump that something may have become due. A hint: it may come too often or get lost, because the pump looks
/// by itself before long.
/// </summary>
internal sealed class WakeUp
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Signal()
    {
        // Two signals at once are one: the loser finds the semaphore full, and the winner's release is already there to be taken.
        if (_signal.CurrentCount > 0)
            return;
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    /// <summary>Waits for a signal, at most <paramref name="timeout"/> of the clock's time.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
