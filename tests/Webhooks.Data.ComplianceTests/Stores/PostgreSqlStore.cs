using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.Stores;

public sealed class PostgreSqlStore : SharedStore
{
    private const string SelectWaiting = """
        SELECT count(*)::int AS "Value" FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'transactionid'
        """;

    private readonly ConcurrentBag<PostgreSqlDatabase> _others = [];
    private readonly string _name = $"webhooks_test_{Guid.NewGuid():n}";

    public PostgreSqlStore()
    {
        ConnectionString = PostgreSqlServer.Instance.ConnectionStringOf(_name);
        Database = new PostgreSqlDatabase(ConnectionString);
        Sql = new PostgreSqlWebhooksSql(Database);
    }

    internal override IWebhooksSql Sql { get; }

    internal string ConnectionString { get; }

    internal PostgreSqlDatabase Database { get; }

    internal override Task CreateAsync(CancellationToken cancellationToken) =>
        PostgreSqlServer.Instance.CreateAsync(_name, cancellationToken);

    internal override Task CreateEmptyAsync(CancellationToken cancellationToken) =>
        PostgreSqlServer.Instance.CreateEmptyAsync(_name, cancellationToken);

    internal override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = NewContext(NewDatabase());
        await PostgreSqlMigration.MigrateAsync(db, cancellationToken);
    }

    internal override IWebhooksSql NewSql() => new PostgreSqlWebhooksSql(NewDatabase());

    internal override async Task<int> CountWaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = NewContext();
        return await db.Database.SqlQueryRaw<int>(SelectWaiting).SingleAsync(cancellationToken);
    }

    internal override WebhooksDbContext NewContext() => NewContext(Database);

    internal static PostgreSqlWebhooksDbContext NewContext(PostgreSqlDatabase database) =>
        new(new DbContextOptionsBuilder<PostgreSqlWebhooksDbContext>().UseDatabase(database).Options);

    internal override async Task RefuseEventTypeAsync(string eventType, CancellationToken cancellationToken)
    {
        await using var db = NewContext();
        FormattableString trigger = $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused by the test''; END';
            CREATE TRIGGER refuse BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.event_type = '{eventType}') EXECUTE FUNCTION refuse()
            """;
        await db.Database.ExecuteSqlRawAsync(trigger.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in _others)
            await database.DisposeAsync();
        await Database.DisposeAsync();
        await PostgreSqlServer.Instance.DropAsync(_name);
    }

    private PostgreSqlDatabase NewDatabase()
    {
        var database = new PostgreSqlDatabase(ConnectionString);
        _others.Add(database);
        return database;
    }
}
