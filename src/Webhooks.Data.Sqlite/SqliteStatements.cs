using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Data.Sqlite;

/// <summary>The prepared statements of one connection: each SQL text is compiled once and its parameters are bound anew for each use.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, SqliteStatement> _prepared = [];
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;

    /// <param name="connection">An open connection, from here on this object's.</param>
    public SqliteStatements(SqliteConnection connection)
    {
        _connection = connection;
        _handle = connection.Handle!;
        raw.sqlite3_busy_timeout(_handle, (int)BusyTimeout.TotalMilliseconds);
    }

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Runs a query with its parameters <c>$1</c>, <c>$2</c>, … set to <paramref name="values"/>; null is NULL.</summary>
    public SqliteRows Query(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepared(sql);
        statement.Bind(values);
        return new SqliteRows(statement);
    }

    /// <summary>Runs a statement that returns no rows. Returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = Query(sql, values);
        rows.Read();
        return raw.sqlite3_changes(_handle);
    }

    /// <summary>Disposing closes the connection instead of lending it to somebody else with the state that it is in.</summary>
    public void LeavePool() => SqliteConnection.ClearPool(_connection);

    private SqliteStatement Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
            _prepared[sql] = statement = new SqliteStatement(_handle, sql);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _connection.Dispose();
    }
}
