using System.Diagnostics.Metrics;
using Webhooks.Core.Channels;

namespace Webhooks.Core.Telemetry;

/// <summary>How people are told. Tagged by the type of channel, of which there are few.</summary>
internal sealed class NotificationMeter
{
    private readonly Counter<long> _finished;

    public NotificationMeter(IMeterFactory meters)
    {
        _finished = meters.Create(WebhooksMeter.Name).CreateCounter<long>(
            "webhooks.notifications.finished", "{notification}",
            "Notifications that a channel took (state sent), or that were given up (state failed), by the channel's type.");

        // Makes them exist from the start: a counter that first appears as 1 shows no increase to whoever watches for it.
        foreach (var (_, type) in ChannelWords.Types)
        {
            Ended(type, isTaken: true, 0);
            Ended(type, isTaken: false, 0);
        }
    }

    public void Ended(ChannelType type, bool isTaken, int notifications) =>
        _finished.Add(notifications, new("channel", ChannelWords.Of(type)), isTaken ? Tags.NotificationSent : Tags.NotificationFailed);
}
