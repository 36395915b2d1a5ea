using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>The webhook of a workflow of Microsoft Teams ("When a Teams webhook request is received").</summary>
internal sealed class TeamsSender(ChannelHttp http) : IChannelSender
{
    public ChannelType Type => ChannelType.Teams;

    public bool Gathers => true;

    public bool ChecksUnseen => false;

    public TimeSpan Timeout => ChannelHttp.Timeout;

    public Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken) =>
        http.PostAsync(new Uri(settings.Url!), TeamsCard.Of(MessageTexts.Of(message)), [settings.Url!], cancellationToken);

    public Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        SendAsync(settings, heartbeat, cancellationToken);
}
