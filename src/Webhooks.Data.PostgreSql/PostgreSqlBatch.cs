using Npgsql;

namespace Webhooks.Data.PostgreSql;

/// <summary>Statements that go to the server together: one round trip. They run in order; the first fault ends them all.</summary>
internal sealed class PostgreSqlBatch(NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = connection.CreateBatch();

    /// <param name="values">The parameters <c>$1</c>, <c>$2</c>, … of this statement.</param>
    public PostgreSqlBatch Add(string sql, params ReadOnlySpan<object> values)
    {
        var command = _batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        _batch.BatchCommands.Add(command);
        return this;
    }

    /// <summary>
    /// Commits the transaction between the statements before and those after. So the locks are held for no round trip more than the writing
    /// takes.
    /// </summary>
    public PostgreSqlBatch Commit() => Add("COMMIT");

    /// <summary>The rows of the statements that return any, in order. Only who has read to the end knows that all went well.</summary>
    public Task<NpgsqlDataReader> QueryAsync(CancellationToken cancellationToken) => _batch.ExecuteReaderAsync(cancellationToken);

    public Task ExecuteAsync(CancellationToken cancellationToken) => _batch.ExecuteNonQueryAsync(cancellationToken);

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
