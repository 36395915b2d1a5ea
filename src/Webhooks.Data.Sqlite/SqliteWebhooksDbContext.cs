using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Data.Sqlite;

/// <summary>The model as SQLite stores it: ids as 16-byte blobs, times as whole microseconds since 1970, both of which sort.</summary>
internal sealed class SqliteWebhooksDbContext(DbContextOptions<SqliteWebhooksDbContext> options) : WebhooksDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
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

    private static void Id<TId>(ModelConfigurationBuilder configuration) where TId : struct, IEntityId<TId> =>
        configuration.Properties<TId>().HaveConversion<BlobIdConverter<TId>>();
}
