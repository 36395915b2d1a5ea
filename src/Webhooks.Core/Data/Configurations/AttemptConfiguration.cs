using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Data.Configurations;

internal sealed class AttemptConfiguration : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> builder)
    {
        builder.ToTable("attempts");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.ErrorCode).HasMaxLength(64);
        builder.Property(a => a.Node).HasMaxLength(256);
        builder.Property(a => a.ReceiptText).HasMaxLength(256);
        builder.HasIndex(a => new { a.MessageId, a.Id });
        builder.HasIndex(a => new { a.EndpointId, a.Id });

        // Few outcomes are unknown; whoever looks for them looks at nothing else: all of them, an endpoint's, a delivery's.
        builder.HasIndex(a => a.Id).HasDatabaseName("ix_attempts_unknown").HasFilter("outcome = 4");
        builder.HasIndex(a => new { a.EndpointId, a.Id }, "ix_attempts_unknown_endpoint").HasFilter("outcome = 4");
        builder.HasIndex(a => new { a.DeliveryId, a.Id }).HasDatabaseName("ix_attempts_unknown_delivery").HasFilter("outcome = 4");
    }
}
