using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>What is asked of a database before anything is known of it.</summary>
public sealed class PostgreSqlHistoryTests
{
    private readonly List<EventId> _errors = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_EmptyDatabase_LogsNoErrorAheadOfItsSuccess()
    {
        await using var store = new PostgreSqlStore();
        await store.CreateEmptyAsync(Cancel);
        await using var db = NewContext(store.Database);

        var before = await PostgreSqlMigration.FindAppliedAsync(db, Cancel);
        await PostgreSqlMigration.MigrateAsync(db, Cancel);

        before.ShouldBeEmpty();
        (await PostgreSqlMigration.FindAppliedAsync(db, Cancel)).ShouldBe(db.Database.GetMigrations());
        _errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task FindApplied_ServerIsNotThere_FaultIsTheDriversOwn()
    {
        await using var database = new PostgreSqlDatabase("Host=127.0.0.1;Port=1;Database=none");
        await using var db = NewContext(database);

        await Should.ThrowAsync<NpgsqlException>(() => PostgreSqlMigration.FindAppliedAsync(db, Cancel));

        _errors.ShouldBe([RelationalEventId.ConnectionError]);
    }

    private PostgreSqlWebhooksDbContext NewContext(PostgreSqlDatabase database) => new(
        new DbContextOptionsBuilder<PostgreSqlWebhooksDbContext>().UseNpgsql(database.Source)
            .LogTo((id, level) => level >= LogLevel.Error, data => _errors.Add(data.EventId)).Options);
}
