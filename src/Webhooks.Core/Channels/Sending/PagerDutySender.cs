using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>A service of PagerDuty's, by its Events API v2.</summary>
internal sealed class PagerDutySender(ChannelHttp http) : IChannelSender
{
    private const string DefaultAddress = "https://events.pagerduty.com";

    public ChannelType Type => ChannelType.PagerDuty;

    // Each incident is an alert of its own, or it could be neither acknowledged nor resolved; PagerDuty groups alerts by itself.
    public bool Gathers => false;

    // A change event alerts nobody.
    public bool ChecksUnseen => true;

    public TimeSpan Timeout => ChannelHttp.Timeout;

    public async Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind == NoticeMessageKind.Incidents)
            return await PostAsync(
                settings, "/v2/enqueue", PagerDutyEvent.Of(settings.RoutingKey!, message.Notices[0], message.At), cancellationToken);

        var (trigger, resolve) = PagerDutyEvent.Test(settings.RoutingKey!, message);
        var answer = await PostAsync(settings, "/v2/enqueue", trigger, cancellationToken);
        return answer.IsTaken ? await PostAsync(settings, "/v2/enqueue", resolve, cancellationToken) : answer;
    }

    public Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        PostAsync(settings, "/v2/change/enqueue", PagerDutyEvent.Heartbeat(settings.RoutingKey!, heartbeat), cancellationToken);

    private Task<ChannelAnswer> PostAsync(ChannelSettings settings, string path, byte[] json, CancellationToken cancellationToken) =>
        http.PostAsync(
            new Uri((settings.Url ?? DefaultAddress).TrimEnd('/') + path), json, [settings.RoutingKey!], cancellationToken);
}
