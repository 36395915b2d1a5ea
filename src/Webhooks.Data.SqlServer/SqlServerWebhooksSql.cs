using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Lanes;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>SQL Server 2019 or later, and Azure SQL; any number of nodes.</summary>
internal sealed class SqlServerWebhooksSql(SqlServerDatabase database) : IWebhooksSql
{
    /// <summary>After a claim that could take nothing, because another node serves the same application: by then it has.</summary>
    private static readonly TimeSpan WhenPassedOver = TimeSpan.FromMilliseconds(10);

    private NextLane? _passedOver;

    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await db.Database.ExecuteSqlRawAsync(WriteLockSql.Enter, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public async Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) =>
        new OutboxSql(await SqlServerTransactionScope.BeginAsync(database, cancellationToken));

    public async Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        await using var read = new SqlServerStatements(await database.OpenAsync(cancellationToken));
        var next = await PayloadSql.NextReadyAsync(read, request.MaxProbes > 0, cancellationToken);
        if (next is null || next.ReadyAt > request.Now)
            return new Claim([], next?.ReadyAt); // nothing to write, so no transaction

        // A lane that others lock time and again (a busy outbox, the records of many attempts) would be passed over for ever. If the claim
        // before this one passed over it, and nobody has served it since, this one waits for it.
        var mustWait = next == Volatile.Read(ref _passedOver);
        var plan = await LeaseAsync(request, next, mustWait, cancellationToken);
        if (plan is null && !mustWait)
            plan = await LeaseAsync(request, next, mustWait: true, cancellationToken); // all are locked: queue up for it
        plan ??= new ClaimPlan(request, new Dictionary<ApplicationId, Pace>());

        var mayProbe = request.MaxProbes > plan.Claimed.Count(delivery => delivery.IsProbe);
        var claim = await PayloadSql.CompleteAsync(read, plan.Claimed, mayProbe, cancellationToken);
        return claim with
        {
            OutOfBytes = plan.OutOfBytes,
            NextReadyAt = plan.Moves.Count > 0 ? claim.NextReadyAt : Later(claim.NextReadyAt, request.Now),
        };
    }

    public async Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = await SqlServerTransactionScope.BeginAsync(database, cancellationToken);
        var written = await new RecordSql(scope.Statements, now).RunAsync(records, cancellationToken);
        await scope.CommitAsync(cancellationToken);
        return written;
    }

    public async Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken)
    {
        await using var read = new SqlServerStatements(await database.OpenAsync(cancellationToken));
        await using var rows = await read.QueryAsync(ClockSql.SelectNow, cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return rows.GetTime(0);
    }

    public bool IsTransient(Exception fault) => TransientFaults.Is(fault);

    private async Task<ClaimPlan?> LeaseAsync(ClaimRequest request, NextLane first, bool mustWait, CancellationToken cancellationToken)
    {
        await using var scope = await SqlServerTransactionScope.BeginAsync(database, cancellationToken);
        var sql = new ClaimSql(scope.Statements, request);
        var plan = await sql.RunAsync(first, mustWait, cancellationToken);
        Volatile.Write(ref _passedOver, sql.HasPassedOver ? first : null);

        // Connection lost here: the commit may have been done. Then these are leases without a sender, as after a crash: the sweep closes
        // the attempts as Unknown.
        if (plan is { Moves.Count: > 0 })
            await scope.CommitAsync(cancellationToken);
        return plan;
    }

    private static DateTimeOffset? Later(DateTimeOffset? nextReadyAt, DateTimeOffset now) =>
        nextReadyAt < now + WhenPassedOver ? now + WhenPassedOver : nextReadyAt;
}
