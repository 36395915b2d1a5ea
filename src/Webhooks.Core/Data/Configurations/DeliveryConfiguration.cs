using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Data.Configurations;

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("deliveries");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.LeaseToken).HasMaxLength(16);
        builder.Property(d => d.LeasedBy).HasMaxLength(256);
        builder.Property(d => d.OrderingKey).HasMaxLength(256);
        builder.HasIndex(d => new { d.MessageId, d.EndpointId, d.ReplayNumber }).IsUnique();

        // An endpoint's history, for lists and statistics: messages in the order in which they were accepted.
        builder.HasIndex(d => new { d.EndpointId, d.MessageId });

        // A subscriber that polls reads them in the order in which they came into the lane. Ids would not do: on several nodes a lower one
        // may be committed later.
        builder.HasIndex(d => new { d.EndpointId, d.Sequence });

        // The outbox proper: only unfinished rows are in these indexes, so history costs nothing.
        builder.HasIndex(d => new { d.EndpointId, d.DueAt, d.Id }).HasDatabaseName("ix_deliveries_waiting").HasFilter("state = 0");
        builder.HasIndex(d => d.LeasedUntil).HasDatabaseName("ix_deliveries_sending").HasFilter("state = 1");
        builder.HasIndex(d => new { d.EndpointId, d.DueAt }).HasDatabaseName("ix_deliveries_held").HasFilter("state = 2");

        // What filters kept back is in no lane; the books count it by the time in its id.
        builder.HasIndex(d => d.Id).HasDatabaseName("ix_deliveries_filtered").HasFilter("state = 6");

        // Of an ordering key one delivery at a time is waiting or sending; the others are queued behind it.
        builder.HasIndex(d => new { d.EndpointId, d.OrderingKey }).HasDatabaseName("ix_deliveries_ordered")
            .HasFilter("ordering_key IS NOT NULL AND state IN (0, 1)");
        builder.HasIndex(d => new { d.EndpointId, d.OrderingKey, d.Sequence }).HasDatabaseName("ix_deliveries_queued").HasFilter("state = 7");
    }
}
