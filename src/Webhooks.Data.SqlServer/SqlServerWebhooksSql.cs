using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>SQL Server 2019 or later, and Azure SQL; any number of nodes.</summary>
internal sealed class SqlServerWebhooksSql(SqlServerDatabase database) : IWebhooksSql
{
    /// <summary>After a claim that found all ready lanes held by other transactions: by then most of these have ended.</summary>
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
        var nextReadyAt = await PayloadSql.NextReadyAtAsync(read, request.MaxProbes > 0, cancellationToken);
        if (nextReadyAt is null || nextReadyAt > request.Now)
            return new Claim([], nextReadyAt); // nothing to write, so no transaction

        ClaimPlan plan;
        await using (var scope = await SqlServerTransactionScope.BeginAsync(database, cancellationToken))
        {
            plan = await new ClaimSql(scope.Statements, request).RunAsync(cancellationToken);

            // Connection lost here: the commit may have been done. Then these are leases without a sender, as after a crash: the sweep
            // closes the attempts as Unknown.
            await scope.CommitAsync(cancellationToken);
        }

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

    private static DateTimeOffset? Later(DateTimeOffset? nextReadyAt, DateTimeOffset now) =>
        nextReadyAt < now + WhenPassedOver ? now + WhenPassedOver : nextReadyAt;
}
