using Microsoft.EntityFrameworkCore;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Lanes;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// The model as PostgreSQL stores it: ids as <c>uuid</c>, and times as whole microseconds since 1970 in a <c>bigint</c>, as the code
/// compares them. A <c>timestamptz</c> keeps no more, but refuses times with an offset and makes infinities of the ends of .NET's range.
/// </summary>
internal sealed class PostgreSqlWebhooksDbContext(DbContextOptions<PostgreSqlWebhooksDbContext> options) : WebhooksDbContext(options)
{
    // Names are compared and paged by their bytes, on every engine and whatever the database's own collation.
    private const string BinaryCollation = "C";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(BinaryCollation);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // A lane that was never served goes first: the order in which claims read the index.
        modelBuilder.Entity<Lane>().HasIndex(lane => new { lane.ReadyAt, lane.PacedUntil })
            .HasNullSortOrder(NullSortOrder.NullsLast, NullSortOrder.NullsFirst);

        // Claims start at the left end of these tables' partial indexes, where dead entries gather: they are removed long before a fifth
        // of the table has changed, which is the default.
        modelBuilder.Entity<Lane>()
            .HasStorageParameter("autovacuum_vacuum_scale_factor", 0.0).HasStorageParameter("autovacuum_vacuum_threshold", 5_000);
        modelBuilder.Entity<Delivery>()
            .HasStorageParameter("autovacuum_vacuum_scale_factor", 0.01).HasStorageParameter("autovacuum_vacuum_threshold", 20_000);
    }

    protected override void Id<TId>(ModelConfigurationBuilder configuration) =>
        configuration.Properties<TId>().HaveConversion<UuidConverter<TId>>();
}
