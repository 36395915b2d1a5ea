using Microsoft.EntityFrameworkCore;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;

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
        configurationBuilder.Properties<string>().UseCollation(BinaryCollation);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<DurationConverter>();
        Id<ApplicationId>(configurationBuilder);
        Id<EndpointId>(configurationBuilder);
        Id<EndpointSecretId>(configurationBuilder);
        Id<MessageId>(configurationBuilder);
        Id<DeliveryId>(configurationBuilder);
        Id<AttemptId>(configurationBuilder);
        Id<ApiKeyId>(configurationBuilder);
        Id<BackgroundTaskId>(configurationBuilder);
        Id<OperationalEventId>(configurationBuilder);
        Id<IncidentId>(configurationBuilder);
        Id<IncidentEventId>(configurationBuilder);
        Id<EscalationPolicyId>(configurationBuilder);
        Id<ChannelId>(configurationBuilder);
        Id<NotificationId>(configurationBuilder);
        Id<LedgerHourId>(configurationBuilder);
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

    private static void Id<TId>(ModelConfigurationBuilder configuration) where TId : struct, IEntityId<TId> =>
        configuration.Properties<TId>().HaveConversion<UuidConverter<TId>>();
}
