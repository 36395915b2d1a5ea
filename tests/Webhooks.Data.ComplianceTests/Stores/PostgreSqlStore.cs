using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.Stores;

public sealed class PostgreSqlStore : Store
{
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
        await Database.DisposeAsync();
        await PostgreSqlServer.Instance.DropAsync(_name);
    }
}
