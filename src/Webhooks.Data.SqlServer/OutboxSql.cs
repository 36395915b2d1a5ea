using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>Commit 1.</summary>
internal sealed class OutboxSql(SqlServerTransactionScope scope) : IOutboxTransaction
{
    public const string SelectMessages = """
        SELECT m.id
        FROM OPENJSON(@ids) WITH (id char(32) '$') AS k
        JOIN messages AS m ON m.id = CONVERT(binary(16), k.id, 2);
        """;

    public async Task<IReadOnlyCollection<MessageId>> FindAsync(IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        var found = new HashSet<MessageId>();
        await using var rows = await scope.Statements.QueryAsync(
            SelectMessages, cancellationToken, ("@ids", SqlServerJson.Rows(ids.Select(id => id.ToHex()))));
        while (await rows.ReadAsync(cancellationToken))
            found.Add(rows.GetId<MessageId>(0));
        return found;
    }

    public Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken) =>
        new OutboxSnapshotSql(scope.Statements, batch).ReadAsync(cancellationToken);

    public Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken) =>
        OutboxRowsSql.WriteAsync(scope.Statements, rows, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => scope.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
