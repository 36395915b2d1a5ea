using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Data.Sqlite;

namespace Webhooks.Server.Tests.Hosting;

/// <summary>
/// Sees whether anything was written at all: SQLite gives a connection another data version once any other one has committed a change.
/// </summary>
internal sealed class DatabaseWatch : IDisposable
{
    private readonly SqliteConnection _connection;

    public DatabaseWatch(ApiHost host)
    {
        _connection = new SqliteConnection(host.Services.GetRequiredService<SqliteDatabase>().ConnectionString);
        _connection.Open();
    }

    public long Version
    {
        get
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "PRAGMA data_version";
            return (long)command.ExecuteScalar()!;
        }
    }

    public void Dispose() => _connection.Dispose();
}
