using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Data.SqlServer;

namespace Webhooks.Data.ComplianceTests.Stores;

public sealed class SqlServerStore : Store
{
    private readonly string _name = $"webhooks_test_{Guid.NewGuid():n}";
    private readonly string _connectionString;

    public SqlServerStore()
    {
        _connectionString = SqlServerServer.Instance.ConnectionStringOf(_name);
        Sql = new SqlServerWebhooksSql(new SqlServerDatabase(() => new SqlConnection(_connectionString)));
    }

    internal override IWebhooksSql Sql { get; }

    internal override async Task CreateAsync(CancellationToken cancellationToken)
    {
        SqlServerServer.Instance.Need();
        await using var db = NewSqlServerContext();
        await SqlServerMigration.MigrateAsync(db, cancellationToken);
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
