using Webhooks.Core.Channels;

namespace Webhooks.Core.Notifications;

/// <summary>What the timeline of an incident says about telling people.</summary>
internal static class NotificationWords
{
    public static readonly (string Word, NotificationState State)[] States =
    [
        ("waiting", NotificationState.Waiting), ("sent", NotificationState.Sent), ("failed", NotificationState.Failed),
        ("dropped", NotificationState.Dropped),
    ];

    public static string Told(Channel channel, NotificationReason reason) => reason switch
    {
        NotificationReason.Acknowledged => $"{channel.Name} ({ChannelWords.Of(channel.Type)}) was told that it is acknowledged.",
        NotificationReason.Resolved => $"{channel.Name} ({ChannelWords.Of(channel.Type)}) was told that it is over.",
        _ => $"{channel.Name} ({ChannelWords.Of(channel.Type)}) was told.",
    };

    /// <param name="channel">Null when it was deleted.</param>
    public static string Failed(Channel? channel, ChannelId id, string error) => channel is null
        ? $"{id} could not be told. {error}"
        : $"{channel.Name} ({ChannelWords.Of(channel.Type)}) could not be told. {error}";
}
