using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Tests.Deliveries;

public sealed class WakeUpTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly WakeUp _wakeUp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitAsync_SignalCameBefore_ReturnsAtOnce()
    {
        _wakeUp.Signal();

        await _wakeUp.WaitAsync(TimeSpan.FromHours(1), _clock, Cancel);
    }

    [Fact]
    public async Task WaitAsync_SignalComes_Returns()
    {
        var waiting = _wakeUp.WaitAsync(TimeSpan.FromHours(1), _clock, Cancel);
        waiting.IsCompleted.ShouldBeFalse();

        _wakeUp.Signal();

        await waiting;
    }

    [Fact]
    public async Task WaitAsync_TimeIsUp_Returns()
    {
        var waiting = _wakeUp.WaitAsync(TimeSpan.FromSeconds(1), _clock, Cancel);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Fact]
    public async Task WaitAsync_SeveralSignals_WakeOnce()
    {
        _wakeUp.Signal();
        _wakeUp.Signal();
        await _wakeUp.WaitAsync(TimeSpan.FromHours(1), _clock, Cancel);

        var second = _wakeUp.WaitAsync(TimeSpan.FromHours(1), _clock, Cancel);

        second.IsCompleted.ShouldBeFalse();
        _wakeUp.Signal();
        await second;
    }

    [Fact]
    public async Task WaitAsync_Canceled_Throws()
    {
        using var stopping = new CancellationTokenSource();
        var waiting = _wakeUp.WaitAsync(TimeSpan.FromHours(1), _clock, stopping.Token);

        await stopping.CancelAsync();

        await waiting.ShouldThrowAsync<OperationCanceledException>();
    }
}
