using Microsoft.Data.Sqlite;

namespace Webhooks.Data.Sqlite;

/// <summary>
/// One database file: its connection string, and the gate that lets one writer in at a time. SQLite would make a second writer
/// poll for the lock; the gate makes it wait its turn. Readers take no gate: in WAL mode they are never blocked.
/// </summary>
internal sealed class SqliteDatabase(string path) : IDisposable
{
    private readonly SemaphoreSlim _writeGate = new(1, 1);
    private SqliteConnection? _writer;

    public string Path => path;

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
    public SqliteConnection Writer => _writer ??= Open();

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqlitePragmas.Apply(connection);
        return connection;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writeGate.Dispose();
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
