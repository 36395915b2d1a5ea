using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Webhooks.Data.Sqlite;

/// <summary>Applies the pragmas to the connections that EF Core opens.</summary>
internal sealed class SqliteConnectionInterceptor(SqliteDatabase database) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SqlitePragmas.Apply(connection, database.Syncs);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SqlitePragmas.Apply(connection, database.Syncs);
        return Task.CompletedTask;
    }
}
