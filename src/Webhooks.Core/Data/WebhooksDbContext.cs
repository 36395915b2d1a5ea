using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Polling;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Data;

/// <summary>The tables. Each engine derives from it to say how ids and times are stored, and owns its migrations.</summary>
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
    public DbSet<PollConsumer> PollConsumers => Set<PollConsumer>();
    public DbSet<Node> Nodes => Set<Node>();
    public DbSet<StoredKey> DataProtectionKeys => Set<StoredKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WebhooksDbContext).Assembly);
        modelBuilder.UseSnakeCaseColumns();
    }
}
