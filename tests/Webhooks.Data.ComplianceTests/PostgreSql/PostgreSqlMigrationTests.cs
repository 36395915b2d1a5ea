using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

public sealed class PostgreSqlMigrationTests : IAsyncLifetime
{
    private readonly string _name = $"webhooks_test_{Guid.NewGuid():n}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_ManyNodesStartTogether_OneMigratesAndAllGoOn()
    {
        var connectionString = PostgreSqlServer.Instance.ConnectionStringOf(_name);
        var nodes = Enumerable.Range(0, 5).Select(_ => new PostgreSqlDatabase(connectionString)).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => MigrateAsync(node), Cancel)));

        await using var db = PostgreSqlStore.NewContext(nodes[0]);
        (await db.Database.GetPendingMigrationsAsync(Cancel)).ShouldBeEmpty();
        (await db.Database.GetAppliedMigrationsAsync(Cancel)).ShouldNotBeEmpty();
        (await db.Applications.CountAsync(Cancel)).ShouldBe(1);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Model_AgainstTheMigrations_NothingIsMissing()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Instance.ConnectionStringOf(_name));
        await using var db = PostgreSqlStore.NewContext(database);

        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    private static async Task MigrateAsync(PostgreSqlDatabase node)
    {
        await using var db = PostgreSqlStore.NewContext(node);
        await PostgreSqlMigration.MigrateAsync(db, Cancel);
    }

    public async ValueTask InitializeAsync() => await PostgreSqlServer.Instance.CreateEmptyAsync(_name, Cancel);

    public async ValueTask DisposeAsync() => await PostgreSqlServer.Instance.DropAsync(_name);
}
