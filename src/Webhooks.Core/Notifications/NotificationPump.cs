using Microsoft.Extensions.Logging;
using Webhooks.Core.Channels;

namespace Webhooks.Core.Notifications;

/// <summary>
/// Looks for what is due and tells each channel by itself: one that hangs keeps no other waiting. Runs on every worker; the leases keep
/// them apart.
/// </summary>
internal sealed class NotificationPump(NotificationSender sender, TimeProvider clock, ILogger<NotificationPump> logger)
{
    /// <summary>How many channels are told at once.</summary>
    private const int MaxUnderWay = 16;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    // What is being sent when the node stops may end: cut off, it might be told twice.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly Dictionary<ChannelId, Task> _underWay = [];
    private bool _isFailing;

    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var registration = stopping.Register(() => ending.CancelAfter(Grace));
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            do
                await LookAsync(stopping, ending.Token);
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }

        await Task.WhenAll(_underWay.Values);
    }

    private async Task LookAsync(CancellationToken stopping, CancellationToken ending)
    {
        foreach (var (channel, task) in _underWay.ToList())
        {
            if (task.IsCompleted)
                _underWay.Remove(channel);
        }

        try
        {
            foreach (var channel in await sender.FindDueChannelsAsync(stopping))
            {
                if (_underWay.Count < MaxUnderWay && !_underWay.ContainsKey(channel))
                    _underWay.Add(channel, TellAsync(channel, stopping, ending));
            }

            _isFailing = false;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            if (!_isFailing)
                logger.NotificationsNotFound(fault);
            _isFailing = true;
        }
    }

    private async Task TellAsync(ChannelId channel, CancellationToken stopping, CancellationToken ending)
    {
        try
        {
            while (!stopping.IsCancellationRequested && await sender.SendNextAsync(channel, ending))
            {
            }
        }
        catch (Exception fault) when (!ending.IsCancellationRequested)
        {
            logger.NotificationHeldUp(channel, fault); // Its lease runs out, and it is taken up again.
        }
        catch (OperationCanceledException)
        {
            // The node stops and can't wait any longer; the same as above.
        }
    }
}
