using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Data.Sqlite;

/// <summary>
/// One compiled statement, bound by position. SQLite's own calls rather than <see cref="SqliteCommand"/>, which looks each parameter up by
/// name and makes a reader for each use: on a path of ten small statements a delivery that costs more than the statements do.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    // It is kept for long, so its memory should not come from the small pool of the connection.
    private const uint Persistent = 0x01;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    // SQLite numbers parameters by where they first occur, which need not be what their names say: at each place, the index of its value.
    private readonly int[] _valueAt;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, Persistent, out _statement));
        _valueAt = [.. Enumerable.Range(1, raw.sqlite3_bind_parameter_count(_statement)).Select(ValueAt)];
    }

    /// <summary>Sets the parameters <c>$1</c>, <c>$2</c>, …; null is NULL.</summary>
    public void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < _valueAt.Length; i++)
            Check(Bind(i + 1, values[_valueAt[i]]));
    }

    /// <summary>Runs to the next row; false at the end.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is not raw.SQLITE_ROW and not raw.SQLITE_DONE)
            Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Ends the use of it, and with that the read transaction that it may hold open. Must follow each use.</summary>
    public void Reset() => raw.sqlite3_reset(_statement); // its result repeats what the last step returned

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;
    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);
    public string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private int ValueAt(int place) =>
        int.Parse(raw.sqlite3_bind_parameter_name(_statement, place).utf8_to_string().AsSpan(1), CultureInfo.InvariantCulture) - 1;

    private int Bind(int parameter, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, parameter),
        long number => raw.sqlite3_bind_int64(_statement, parameter, number),
        int number => raw.sqlite3_bind_int64(_statement, parameter, number),
        bool flag => raw.sqlite3_bind_int64(_statement, parameter, flag ? 1 : 0),
        string text => raw.sqlite3_bind_text(_statement, parameter, text),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, parameter, 0), // a blob of no bytes, where no pointer would be NULL
        byte[] bytes => raw.sqlite3_bind_blob(_statement, parameter, bytes),
        ReadOnlyMemory<byte> bytes => raw.sqlite3_bind_blob(_statement, parameter, bytes.Span),
        _ => throw new ArgumentException($"A {value.GetType().Name} has no form in SQLite."),
    };

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);
}
