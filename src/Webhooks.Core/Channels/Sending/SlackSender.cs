using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>An incoming webhook of Slack, or of a server that takes the same.</summary>
internal sealed class SlackSender(ChannelHttp http) : IChannelSender
{
    public ChannelType Type => ChannelType.Slack;

    public bool Gathers => true;

    public bool ChecksUnseen => false;

    public TimeSpan Timeout => ChannelHttp.Timeout;

    public Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken) =>
        http.PostAsync(new Uri(settings.Url!), SlackBlocks.Of(MessageTexts.Of(message)), [settings.Url!], cancellationToken);

    public Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        SendAsync(settings, heartbeat, cancellationToken);
}
