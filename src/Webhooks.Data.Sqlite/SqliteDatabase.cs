using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Webhooks.Data.Sqlite;

/// <summary>
/// One database file: its connection string, and the gate that lets one writer in at a time. SQLite would make a second writer
/// poll for the lock; the gate makes it wait its turn. Readers take no gate: in WAL mode they are never blocked.
/// </summary>
internal sealed class SqliteDatabase(string path) : IDisposable
{
    private readonly SemaphoreSlim _writeGate = new(1, 1);
    private readonly ConcurrentBag<SqliteStatements> _readers = [];
    private SqliteStatements? _writer;

    public string Path => path;

    /// <summary>Whether a commit waits for the disk: only then does it survive a loss of power.</summary>
    public bool Syncs { get; init; } = true;

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = true,
        DefaultTimeout = 30,
        ForeignKeys = false,
    }.ToString();

    /// <summary>Waits for the write gate; dispose the result to leave it.</summary>
    public async Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken)
    {
        await _writeGate.WaitAsync(cancellationToken);
        return new Turn(_writeGate);
    }

    /// <summary>The one writer connection of the hot paths. Only for whoever is inside the write gate.</summary>
    public SqliteStatements Writer => _writer ??= new SqliteStatements(Open());

    /// <summary>Closes the writer connection; the next writer opens another. Only for whoever is inside the write gate.</summary>
    public void DropWriter()
    {
        using var writer = _writer;
        _writer = null;
        writer?.LeavePool();
    }

    /// <summary>A connection to read with, prepared statements included; dispose the result to give it back.</summary>
    public BorrowedReader BorrowReader() => new(_readers.TryTake(out var reader) ? reader : new SqliteStatements(Open()), _readers);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqlitePragmas.Apply(connection, Syncs);
        return connection;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writeGate.Dispose();

        // Closes the pooled connections too; with the last one SQLite moves the log into the file.
        using var pooled = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(pooled);
    }

    internal readonly struct BorrowedReader(SqliteStatements statements, ConcurrentBag<SqliteStatements> home) : IDisposable
    {
        public SqliteStatements Statements => statements;

        public void Dispose() => home.Add(statements);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
