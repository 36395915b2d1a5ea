using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Server.Demo.Weather;

/// <summary>Takes what people are to be told, and tells nobody.</summary>
/// <param name="removedAt">From when on <see cref="RemovedWorkspace"/> is not there any more.</param>
internal sealed class PlayedChannel(ChannelType type, DemoClock clock, DateTimeOffset removedAt) : IChannelSender
{
    /// <summary>Whoever has it in its address can't be told for ever.</summary>
    public const string RemovedWorkspace = "T0LDSUPPORT";

    public ChannelType Type => type;

    public bool Gathers => type != ChannelType.PagerDuty;

    public bool ChecksUnseen => type is not (ChannelType.Slack or ChannelType.Teams);

    public TimeSpan Timeout => ChannelHttp.Timeout;

    public Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(settings));

    public Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(settings));

    private ChannelAnswer Answer(ChannelSettings settings) =>
        settings.Url?.Contains(RemovedWorkspace, StringComparison.Ordinal) == true && clock.GetUtcNow() >= removedAt
            ? ChannelAnswer.Refused("It answered 404: no_service")
            : ChannelAnswer.Taken;
}
