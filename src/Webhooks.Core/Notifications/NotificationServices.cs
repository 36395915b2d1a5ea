using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Notifications.Acknowledgement;

namespace Webhooks.Core.Notifications;

internal static class NotificationServices
{
    /// <summary>Channels, what is said over them, and the links that people acknowledge by: for every node.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddChannelSending()
        .AddSingleton<AcknowledgementTokens>()
        .AddSingleton<NotificationLinks>()
        .AddScoped<NoticeReader>()
        .AddScoped<Acknowledgements>()
        .AddScoped<ChannelHealth>()
        .AddScoped<ChannelRegistry>()
        .AddScoped<ChannelTest>();

    /// <summary>What tells people: for workers.</summary>
    public static IServiceCollection AddNotificationSending(this IServiceCollection services) => services
        .AddScoped<NotificationClaims>()
        .AddScoped<NotificationRecord>()
        .AddScoped<ChannelHeartbeat>()
        .AddSingleton<NotificationSender>()
        .AddSingleton<NotificationPump>();
}
