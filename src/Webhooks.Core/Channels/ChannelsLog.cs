using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Channels;

/// <summary>Event ids 2700 to 2799.</summary>
internal static partial class ChannelsLog
{
    [LoggerMessage(2700, LogLevel.Error, "Telling {ChannelId} failed by a fault of this service")]
    public static partial void ChannelFailedInternally(this ILogger logger, ChannelId channelId, Exception exception);

    [LoggerMessage(2701, LogLevel.Warning, "{ChannelId} can't notify: {Error}")]
    public static partial void ChannelFails(this ILogger logger, ChannelId channelId, string error);

    [LoggerMessage(2702, LogLevel.Information, "{ChannelId} notifies again")]
    public static partial void ChannelWorksAgain(this ILogger logger, ChannelId channelId);
}
