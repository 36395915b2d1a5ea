using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Data.SqlServer;

namespace Webhooks.Data.ComplianceTests.Stores;

public sealed class SqlServerStore : SharedStore
{
    private const string SelectWaiting = """
        SELECT COUNT(*) AS Value FROM sys.dm_tran_locks
        WHERE resource_database_id = DB_ID() AND request_status = 'WAIT' AND resource_type IN ('KEY', 'PAGE', 'OBJECT')
        """;

    private readonly string _name = $"webhooks_test_{Guid.NewGuid():n}";
    private readonly string _connectionString;

    public SqlServerStore()
    {
        _connectionString = SqlServerServer.Instance.ConnectionStringOf(_name);
        Sql = NewSql();
    }

    internal override IWebhooksSql Sql { get; }

    internal override async Task CreateAsync(CancellationToken cancellationToken)
    {
        await CreateEmptyAsync(cancellationToken);
        await MigrateAsync(cancellationToken);
    }

    /// <summary>A node makes the database where there is none.</summary>
    internal override Task CreateEmptyAsync(CancellationToken cancellationToken)
    {
        SqlServerServer.Instance.Need();
        return Task.CompletedTask;
    }

    internal override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = NewSqlServerContext();
        await SqlServerMigration.MigrateAsync(db, cancellationToken);
    }

    internal override IWebhooksSql NewSql() => new SqlServerWebhooksSql(new SqlServerDatabase(() => new SqlConnection(_connectionString)));

    internal override async Task<int> CountWaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = NewContext();
        return await db.Database.SqlQueryRaw<int>(SelectWaiting).SingleAsync(cancellationToken);
    }

    internal override WebhooksDbContext NewContext() => NewSqlServerContext();

    internal override async Task RefuseEventTypeAsync(string eventType, CancellationToken cancellationToken)
    {
        await using var db = NewContext();
        FormattableString rule = $"ALTER TABLE messages WITH NOCHECK ADD CONSTRAINT refuse CHECK (event_type <> N'{eventType}')";
        await db.Database.ExecuteSqlRawAsync(rule.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        if (!SqlServerServer.Instance.IsThere)
            return;

        await using var db = NewContext();
        await db.Database.EnsureDeletedAsync();
    }

    private SqlServerWebhooksDbContext NewSqlServerContext() =>
        new(new DbContextOptionsBuilder<SqlServerWebhooksDbContext>().UseDatabase(_connectionString).Options);
}
