namespace Webhooks.Core.Retention;

/// <summary>
/// One run, step by step. After each step, which is one short transaction at most, others get their turn: four times as long as the step
/// took, its wait for its own turn included. So a run has a fifth of the time at most, and less where others are busy.
/// </summary>
internal sealed class RetentionRun(TimeProvider clock)
{
    /// <summary>Runs begin every hour, and one does not run into the next.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(50);

    private const int Factor = 4;

    /// <param name="step">Tells whether there may be more to do.</param>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var stepBegan = began;
        while (await step(cancellationToken) && clock.GetElapsedTime(began) < Longest)
        {
            await Task.Delay(clock.GetElapsedTime(stepBegan) * Factor, clock, cancellationToken);
            stepBegan = clock.GetTimestamp();
        }
    }
}
