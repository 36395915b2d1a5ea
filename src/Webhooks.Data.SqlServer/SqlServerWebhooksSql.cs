using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>SQL Server 2019 or later, and Azure SQL; any number of nodes.</summary>
internal sealed class SqlServerWebhooksSql(SqlServerDatabase database) : IWebhooksSql
{
    /// <summary>A lane that others lock time and again (a busy outbox, many attempts that end) is passed over only for so long.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(1);

    /// <summary>After a claim that could take nothing, because another node serves the same application: by then it has.</summary>
    private static readonly TimeSpan WhenPassedOver = TimeSpan.FromMilliseconds(10);

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

        var mustWait = request.Now - next.ReadyAt > Overdue;
        var plan = await LeaseAsync(request, mustWait ? next.EndpointId : null, cancellationToken);
        if (plan is null && !mustWait)
            plan = await LeaseAsync(request, next.EndpointId, cancellationToken); // all are locked: queue up rather than come again at once
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

    public bool IsTransient(Exception fault) => TransientFaults.Is(fault);

    private async Task<ClaimPlan?> LeaseAsync(ClaimRequest request, EndpointId? wait, CancellationToken cancellationToken)
    {
        await using var scope = await SqlServerTransactionScope.BeginAsync(database, cancellationToken);
        var plan = await new ClaimSql(scope.Statements, request).RunAsync(wait, cancellationToken);

        // Connection lost here: the commit may have been done. Then these are leases without a sender, as after a crash: the sweep closes
        // the attempts as Unknown.
        if (plan is { Moves.Count: > 0 })
            await scope.CommitAsync(cancellationToken);
        return plan;
    }

    private static DateTimeOffset? Later(DateTimeOffset? nextReadyAt, DateTimeOffset now) =>
        nextReadyAt < now + WhenPassedOver ? now + WhenPassedOver : nextReadyAt;
}
