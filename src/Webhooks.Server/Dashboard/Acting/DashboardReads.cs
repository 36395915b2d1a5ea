using Webhooks.Core.Data;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>
/// Reads for pages. A page lives for hours, a context for one question: each read has its own, and gives up before a person would.
/// </summary>
internal sealed class DashboardReads(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="TimeoutException">The database took longer than a person waits.</exception>
    public async Task<T> ReadAsync<T>(Func<WebhooksDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await read(scope.ServiceProvider.GetRequiredService<WebhooksDbContext>(), both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The database took longer than {Patience.TotalSeconds:0} seconds.");
        }
    }
}
