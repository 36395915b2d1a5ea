using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Audit;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Channels;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Operators;
using Webhooks.Core.Polling;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Data;

/// <summary>The tables. Each engine derives from it to say how ids are stored, and owns its migrations.</summary>
internal abstract class WebhooksDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Application> Applications => Set<Application>();
    public DbSet<Endpoint> Endpoints => Set<Endpoint>();
    public DbSet<EndpointSecret> EndpointSecrets => Set<EndpointSecret>();
    public DbSet<EventType> EventTypes => Set<EventType>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessagePayload> MessagePayloads => Set<MessagePayload>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<Lane> Lanes => Set<Lane>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();
    public DbSet<BackgroundTask> BackgroundTasks => Set<BackgroundTask>();
    public DbSet<OperationalEvent> OperationalEvents => Set<OperationalEvent>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<IncidentEvent> IncidentEvents => Set<IncidentEvent>();
    public DbSet<EscalationPolicy> EscalationPolicies => Set<EscalationPolicy>();
    public DbSet<Channel> Channels => Set<Channel>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<LedgerHour> LedgerHours => Set<LedgerHour>();
    public DbSet<LedgerSeal> LedgerSeals => Set<LedgerSeal>();
    public DbSet<LedgerMark> LedgerMarks => Set<LedgerMark>();
    public DbSet<PollConsumer> PollConsumers => Set<PollConsumer>();
    public DbSet<Operator> Operators => Set<Operator>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<Node> Nodes => Set<Node>();
    public DbSet<StoredKey> DataProtectionKeys => Set<StoredKey>();

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
        Id<OperatorId>(configurationBuilder);
        Id<AuditEntryId>(configurationBuilder);
    }

    /// <summary>How the engine stores ids of this kind.</summary>
    protected abstract void Id<TId>(ModelConfigurationBuilder configuration) where TId : struct, IEntityId<TId>;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WebhooksDbContext).Assembly);
        modelBuilder.UseSnakeCaseColumns();
    }
}
