using Hangfire.Server;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Hosts what every worker does. Hangfire picks up only synchronous processes from the container, so the server for asynchronous ones is
/// built here.
/// </summary>
internal sealed class DeliveryServer(WorkerProcesses processes, LocalJobs local, ShutdownTimes times) : IHostedService, IDisposable
{
    private BackgroundProcessingServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _server = new BackgroundProcessingServer(
            local.Storage,
            processes.All.Select(process => process.UseThreadPool(1)),
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
