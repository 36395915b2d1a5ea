namespace Webhooks.Core.Retention;

/// <summary>
/// The breaks between the transactions of one run, in which others get their turn: four times as long as what came before took, its wait
/// for that turn included. So retention has a fifth of the time at most, and less where others are busy.
/// </summary>
internal sealed class Rests(TimeProvider clock)
{
    private const int Factor = 4;

    private long _since = clock.GetTimestamp();

    public async Task RestAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(clock.GetElapsedTime(_since) * Factor, clock, cancellationToken);
        _since = clock.GetTimestamp();
    }
}
