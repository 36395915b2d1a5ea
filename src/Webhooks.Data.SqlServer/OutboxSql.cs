using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>Commit 1.</summary>
internal sealed class OutboxSql(SqlServerTransactionScope scope) : IOutboxTransaction
{
    public const string SelectMessage = "SELECT id FROM messages WHERE id = CONVERT(binary(16), @id, 2);";

    public async Task<bool> HasAsync(MessageId id, CancellationToken cancellationToken)
    {
        await using var rows = await scope.Statements.QueryAsync(SelectMessage, cancellationToken, ("@id", id.ToHex()));
        return await rows.ReadAsync(cancellationToken);
    }

    public Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken) =>
        new OutboxSnapshotSql(scope.Statements, batch).ReadAsync(cancellationToken);

    public Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken) =>
        OutboxRowsSql.WriteAsync(scope.Statements, rows, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => scope.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
