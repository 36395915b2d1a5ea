using System.Runtime.CompilerServices;
using Webhooks.Core.Data;
using Webhooks.Core.Telemetry;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>
/// Reads for pages. A page lives for hours, a context for one question: each read has its own, and gives up before a person would.
/// </summary>
internal sealed class DashboardReads(IServiceScopeFactory scopes, DashboardMeter meter, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="read">The question.</param>
    /// <param name="cancellationToken">Ends with the page.</param>
    /// <param name="asking">The component's file; the compiler sets it.</param>
    /// <exception cref="TimeoutException">The database took longer than a person waits.</exception>
    public async Task<T> ReadAsync<T>(
        Func<WebhooksDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken, [CallerFilePath] string asking = "")
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var started = clock.GetTimestamp();
        try
        {
            return await read(scope.ServiceProvider.GetRequiredService<WebhooksDbContext>(), both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The database took longer than {Patience.TotalSeconds:0} seconds.");
        }
        finally
        {
            meter.Read(Path.GetFileNameWithoutExtension(asking), clock.GetElapsedTime(started));
        }
    }
}
