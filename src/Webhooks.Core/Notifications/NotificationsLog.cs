using Microsoft.Extensions.Logging;
using Webhooks.Core.Channels;

namespace Webhooks.Core.Notifications;

/// <summary>Event ids 2800 to 2899.</summary>
internal static partial class NotificationsLog
{
    [LoggerMessage(2800, LogLevel.Error, "Looking for notifications failed; it is tried again until it succeeds")]
    public static partial void NotificationsNotFound(this ILogger logger, Exception fault);

    [LoggerMessage(2801, LogLevel.Error, "Telling {ChannelId} was held up; it is tried again when the lease has run out")]
    public static partial void NotificationHeldUp(this ILogger logger, ChannelId channelId, Exception fault);
}
