using System.Data;
using System.Data.Common;

namespace Webhooks.Data.SqlServer;

/// <summary>Runs statements on one connection, inside its transaction where it has one. Disposing it gives the connection back.</summary>
internal sealed class SqlServerStatements(DbConnection connection, DbTransaction? transaction = null) : IAsyncDisposable
{
    private const int WholeLength = -1; // nvarchar(max), varbinary(max)

    /// <summary>Runs queries, several in one round trip where <paramref name="sql"/> has several.</summary>
    public async Task<SqlServerRows> QueryAsync(
        string sql, CancellationToken cancellationToken, params IReadOnlyList<(string Name, object Value)> parameters)
    {
        var command = NewCommand(sql, parameters);
        try
        {
            return new SqlServerRows(command, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements that return no rows.</summary>
    public async Task ExecuteAsync(
        string sql, CancellationToken cancellationToken, params IReadOnlyList<(string Name, object Value)> parameters)
    {
        await using var command = NewCommand(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private DbCommand NewCommand(string sql, IReadOnlyList<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(NewParameter(command, name, value));
        return command;
    }

    // Types and lengths are said, not guessed from the value: the plan cache keeps one plan for each statement, not one for each length.
    private static DbParameter NewParameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        (parameter.DbType, parameter.Size) = value switch
        {
            string => (DbType.String, WholeLength),
            byte[] => (DbType.Binary, WholeLength),
            long => (DbType.Int64, 0),
            int => (DbType.Int32, 0),
            bool => (DbType.Boolean, 0),
            _ => throw new ArgumentException($"Parameter {name} has a type that no statement takes."),
        };
        return parameter;
    }
}
