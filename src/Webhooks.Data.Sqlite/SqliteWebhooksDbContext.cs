using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Data.Sqlite;

/// <summary>The model as SQLite stores it: ids as 16-byte blobs, times as whole microseconds since 1970, both of which sort.</summary>
internal sealed class SqliteWebhooksDbContext(DbContextOptions<SqliteWebhooksDbContext> options) : WebhooksDbContext(options)
{
    protected override void Id<TId>(ModelConfigurationBuilder configuration) =>
        configuration.Properties<TId>().HaveConversion<BlobIdConverter<TId>>();
}
