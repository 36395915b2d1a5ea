using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// The engine for several nodes. The hot paths lock lanes, in the order of ids or passing over those that are locked; all other writes
/// queue up at one gate.
/// </summary>
internal sealed class PostgreSqlWebhooksSql(PostgreSqlDatabase database) : IWebhooksSql
{
    /// <summary>"webhooks" in ASCII: the advisory lock that lets one writer outside the hot paths in at a time.</summary>
    public const long WriteGate = 0x776562686f6f6b73;

    private NextLane? _passedOver;
    private NextLane? _seen;

    /// <summary>
    /// One such transaction at a time, over all nodes: what a handler has looked up (a uid that is free, a key that is new) is still so
    /// when it writes. The gate is left with the transaction, however that ends.
    /// </summary>
    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({WriteGate})", cancellationToken);
            return new PostgreSqlWriteTransaction(transaction, database.Committed);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public async Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) =>
        new OutboxSql(await database.BeginAsync(cancellationToken), database.Committed);

    public async Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        // Under load the claim before this one has seen a lane that is ready, and asking again would be a round trip for nothing.
        var next = Interlocked.Exchange(ref _seen, null);
        if (next is null || next.ReadyAt > request.Now)
            next = await NextReadyAsync(request.MaxProbes > 0, cancellationToken);
        if (next is null || next.ReadyAt > request.Now)
            return new Claim([], next?.ReadyAt);

        await using var transaction = await database.BeginAsync(cancellationToken);
        var sql = new ClaimSql(transaction, request);

        // A lane that others lock time and again (a busy outbox, the records of many attempts) would be skipped for ever. If the claim
        // before this one passed over it, and nobody has served it since, this one waits for it.
        var claim = await sql.RunAsync(next, mustWait: next == Volatile.Read(ref _passedOver), cancellationToken);
        Volatile.Write(ref _passedOver, sql.HasPassedOver ? next : null);
        Volatile.Write(ref _seen, claim.Deliveries.Count > 0 ? sql.Next : null);
        return claim;
    }

    public async Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(cancellationToken);
        var written = await new RecordSql(transaction, now).RunAsync(records, cancellationToken);
        database.Committed.Signal();
        return written;
    }

    public async Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken)
    {
        await using var now = database.Source.CreateCommand("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
        return UnixMicroseconds.ToTime((long)(await now.ExecuteScalarAsync(cancellationToken))!);
    }

    public bool IsTransient(Exception fault) => TransientFaults.Is(fault);

    private async Task<NextLane?> NextReadyAsync(bool mayProbe, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var batch = new PostgreSqlBatch(connection).Add(ClaimSql.SelectNextReady, mayProbe);
        await using var reader = await batch.QueryAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ClaimSql.ReadNext(reader) : null;
    }
}
