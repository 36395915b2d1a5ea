using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>How channels of one type are told. It throws only for what is a fault of this service, or when it is cancelled.</summary>
internal interface IChannelSender
{
    ChannelType Type { get; }

    /// <summary>Whether one message can tell of several incidents.</summary>
    bool Gathers { get; }

    /// <summary>Whether a check disturbs nobody; else it is a message to people.</summary>
    bool ChecksUnseen { get; }

    /// <summary>How long one try may take.</summary>
    TimeSpan Timeout { get; }

    Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken);

    /// <summary>Finds out whether it would be told, without telling it of an incident.</summary>
    /// <param name="heartbeat">What is sent where there is no other way.</param>
    Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken);
}
