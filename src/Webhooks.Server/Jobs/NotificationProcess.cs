using Hangfire.Server;
using Webhooks.Core.Notifications;

namespace Webhooks.Server.Jobs;

/// <summary>Telling people as a background process of Hangfire's server: one loop that looks, and each channel told by itself.</summary>
internal sealed class NotificationProcess(NotificationPump pump) : IBackgroundProcessAsync
{
    public Task ExecuteAsync(BackgroundProcessContext context) => pump.RunAsync(context.StoppingToken);
}
