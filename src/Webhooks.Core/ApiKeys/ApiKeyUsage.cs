using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Core.ApiKeys;

/// <summary>
/// When keys were last used, to the minute: noted in memory, written by <see cref="ApiKeyUsageWriter"/>, so no request waits for it.
/// Crash here: up to a minute of notes is lost. They inform people and decide nothing.
/// </summary>
internal sealed class ApiKeyUsage(IServiceScopeFactory scopes, IWebhooksSql sql)
{
    private readonly ConcurrentDictionary<ApiKeyId, DateTimeOffset> _lastUses = new();

    public void Note(ApiKeyId id, DateTimeOffset now) => _lastUses[id] = now;

    /// <summary>Writes what was noted since the last time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var uses = _lastUses.ToArray();
        if (uses.Length == 0)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        foreach (var (id, time) in uses)
            await db.ApiKeys.Where(k => k.Id == id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, time), cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        foreach (var use in uses)
            _lastUses.TryRemove(use); // Only if it was not noted again meanwhile.
    }
}
