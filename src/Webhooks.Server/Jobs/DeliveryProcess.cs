using Hangfire.Server;
using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Jobs;

/// <summary>The delivery workers as a background process of Hangfire's server: one loop that claims, many sends that do not block.</summary>
internal sealed class DeliveryProcess(DeliveryPump pump) : IBackgroundProcessAsync
{
    public Task ExecuteAsync(BackgroundProcessContext context) => pump.RunAsync(context.StoppingToken);
}
