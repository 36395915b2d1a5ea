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
        builder.HasIndex(d => new { d.MessageId, d.EndpointId, d.ReplayNumber }).IsUnique();

        // An endpoint's history, for lists and statistics: messages in the order in which they were accepted.
        builder.HasIndex(d => new { d.EndpointId, d.MessageId });

        // The outbox proper: only unfinished rows are in these indexes, so history costs nothing.
        builder.HasIndex(d => new { d.EndpointId, d.DueAt, d.Id }).HasDatabaseName("ix_deliveries_waiting").HasFilter("state = 0");
        builder.HasIndex(d => d.LeasedUntil).HasDatabaseName("ix_deliveries_sending").HasFilter("state = 1");
        builder.HasIndex(d => new { d.EndpointId, d.DueAt }).HasDatabaseName("ix_deliveries_held").HasFilter("state = 2");
    }
}
