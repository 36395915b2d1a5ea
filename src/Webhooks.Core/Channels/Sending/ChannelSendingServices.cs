using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Notifications;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Settings;

namespace Webhooks.Core.Channels.Sending;

internal static class ChannelSendingServices
{
    /// <summary>Telling channels, and what that stands on, all made once.</summary>
    public static IServiceCollection AddChannelSending(this IServiceCollection services)
    {
        services.AddSettings<NotificationOptions>(NotificationOptions.Section);
        return services
            .AddSingleton<IValidateOptions<NotificationOptions>, AllowedNetworks>()
            .AddSingleton<IValidateOptions<NotificationOptions>>(new TrustedAuthorities())
            .AddSingleton(provider => new TrustedAuthorities(provider.GetRequiredService<IOptions<NotificationOptions>>().Value))
            .AddSingleton<ChannelNetwork>()
            .AddSingleton<ChannelHttp>()
            .AddSingleton<ChannelVault>()
            .AddSingleton<IChannelSender, EmailSender>()
            .AddSingleton<IChannelSender, SlackSender>()
            .AddSingleton<IChannelSender, TeamsSender>()
            .AddSingleton<IChannelSender, PagerDutySender>()
            .AddSingleton<IChannelSender, WebhookSender>()
            .AddSingleton<ChannelTeller>();
    }
}
