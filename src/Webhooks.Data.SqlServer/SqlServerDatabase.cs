using System.Data.Common;

namespace Webhooks.Data.SqlServer;

/// <summary>Where the hot paths get their connections; the provider pools them.</summary>
/// <param name="newConnection">Makes a closed connection.</param>
internal sealed class SqlServerDatabase(Func<DbConnection> newConnection)
{
    /// <summary>A closed connection.</summary>
    public DbConnection NewConnection() => newConnection();

    /// <summary>An open connection; dispose it to give it back.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = NewConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
