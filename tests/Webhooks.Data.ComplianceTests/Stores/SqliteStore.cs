using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Data.Sqlite;

namespace Webhooks.Data.ComplianceTests.Stores;

public sealed class SqliteStore : Store
{
    // Migrating takes longer than most tests, so it is done once and each test starts from a copy of the empty file.
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-").FullName;
    private readonly SqliteDatabase _database;

    public SqliteStore()
    {
        _database = new SqliteDatabase(Path.Combine(_directory, "webhooks.db"));
        Sql = new SqliteWebhooksSql(_database);
    }

    internal override IWebhooksSql Sql { get; }

    internal string ConnectionString => _database.ConnectionString;

    internal override async Task CreateAsync(CancellationToken cancellationToken) =>
        await File.WriteAllBytesAsync(_database.Path, await Migrated.Value, cancellationToken);

    internal override WebhooksDbContext NewContext() => NewContext(_database);

    internal override async Task RefuseEventTypeAsync(string eventType, CancellationToken cancellationToken)
    {
        await using var db = NewContext();
        FormattableString trigger = $"""
            CREATE TRIGGER refuse BEFORE INSERT ON messages WHEN NEW.event_type = '{eventType}'
            BEGIN SELECT RAISE(ABORT, 'refused by the test'); END
            """;
        await db.Database.ExecuteSqlRawAsync(trigger.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        _database.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static SqliteWebhooksDbContext NewContext(SqliteDatabase database) => new(
        new DbContextOptionsBuilder<SqliteWebhooksDbContext>()
            .UseSqlite(database.ConnectionString)
            .AddInterceptors(new SqliteConnectionInterceptor(database))
            .Options);

    private static async Task<byte[]> MigrateAsync()
    {
        var directory = Directory.CreateTempSubdirectory("webhooks-");
        using var database = new SqliteDatabase(Path.Combine(directory.FullName, "webhooks.db"));
        await using (var db = NewContext(database))
            await SqliteMigration.MigrateAsync(db, CancellationToken.None);

        SqliteConnection.ClearPool(new SqliteConnection(database.ConnectionString)); // moves the log into the file
        var bytes = await File.ReadAllBytesAsync(database.Path);
        directory.Delete(recursive: true);
        return bytes;
    }
}
