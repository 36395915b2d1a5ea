using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.Sqlite;

/// <summary>The embedded engine. Its calls run in this process and block their thread for the time of a disk sync at most.</summary>
internal sealed class SqliteWebhooksSql(SqliteDatabase database) : IWebhooksSql
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, DiskIO = 10, DiskFull = 13;

    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var turn = await database.EnterWriteAsync(cancellationToken);
        try
        {
            return new SqliteWriteTransaction(await db.Database.BeginTransactionAsync(cancellationToken), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public async Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) =>
        new OutboxSql(await SqliteTransactionScope.BeginAsync(database, cancellationToken));

    public async Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        using var read = database.BorrowReader();
        var nextReadyAt = NextReadyAt(read.Statements, request.MaxProbes > 0);
        if (nextReadyAt is null || nextReadyAt > request.Now)
            return new Claim([], nextReadyAt); // nothing to write, so nothing to sync

        ClaimPlan plan;
        using (var scope = await SqliteTransactionScope.BeginAsync(database, cancellationToken))
        {
            plan = new ClaimSql(scope.Statements, request).Run();
            scope.Commit();
        }

        var mayProbe = request.MaxProbes > plan.Claimed.Count(delivery => delivery.IsProbe);
        return Complete(read.Statements, plan.Claimed, mayProbe) with { OutOfBytes = plan.OutOfBytes };
    }

    public async Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var scope = await SqliteTransactionScope.BeginAsync(database, cancellationToken);
        var written = new RecordSql(scope.Statements, now).Run(records);
        scope.Commit();
        return written;
    }

    /// <summary>This machine's clock, to the millisecond: the engine runs in this process and has no other.</summary>
    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken)
    {
        using var read = database.BorrowReader();
        using var rows = read.Statements.Query("SELECT CAST(round(unixepoch('subsec') * 1000) AS INTEGER)");
        rows.Read();
        return Task.FromResult(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)));
    }

    public bool IsTransient(Exception fault) => fault is SqliteException { SqliteErrorCode: Busy or Locked or DiskIO or DiskFull };

    /// <param name="mayProbe">Whether lanes that are allowed one attempt at a time count, too.</param>
    private static DateTimeOffset? NextReadyAt(SqliteStatements statements, bool mayProbe)
    {
        using var rows = statements.Query(ClaimSql.SelectNextReadyAt, mayProbe);
        return rows.Read() ? rows.GetTimeOrNull(0) : null;
    }

    // In one read transaction: each statement alone would take and give back SQLite's read lock, and look up its pages anew.
    private static Claim Complete(SqliteStatements statements, List<ClaimedDelivery> claimed, bool mayProbe)
    {
        statements.Execute("BEGIN");
        try
        {
            return new Claim(WithPayloads(statements, claimed), NextReadyAt(statements, mayProbe));
        }
        finally
        {
            statements.Execute("COMMIT");
        }
    }

    // One message goes to many endpoints: its payload is read, and kept in memory, once.
    private static List<ClaimedDelivery> WithPayloads(SqliteStatements statements, List<ClaimedDelivery> claimed)
    {
        var payloads = new Dictionary<MessageId, byte[]>();
        return claimed.ConvertAll(delivery =>
        {
            var messageId = delivery.Request.MessageId;
            if (!payloads.TryGetValue(messageId, out var payload))
                payloads[messageId] = payload = ReadPayload(statements, messageId);
            return delivery with { Request = delivery.Request with { Payload = payload } };
        });
    }

    private static byte[] ReadPayload(SqliteStatements statements, MessageId messageId)
    {
        using var rows = statements.Query(SelectPayload, messageId.ToBytes());
        return rows.Read() ? rows.GetBytes(0) : [];
    }

    private const string SelectPayload = "SELECT coalesce(raw_body, body) FROM message_payloads WHERE message_id = $1";
}
