using Hangfire;
using Hangfire.Server;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Hosts the delivery process. Hangfire picks up only synchronous processes from the container, so the server for the asynchronous
/// one is built here.
/// </summary>
internal sealed class DeliveryServer(DeliveryProcess process, JobStorage storage, ShutdownTimes times) : IHostedService, IDisposable
{
    private BackgroundProcessingServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _server = new BackgroundProcessingServer(
            storage,
            [process.UseThreadPool(1)],
            new Dictionary<string, object>(),
            new BackgroundProcessingServerOptions
            {
                ServerName = "deliveries",
                StopTimeout = times.Stop,
                ShutdownTimeout = times.Shutdown,
            });
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
            return;

        _server.SendStop();
        await _server.WaitForShutdownAsync(cancellationToken);
    }

    public void Dispose() => _server?.Dispose();
}
