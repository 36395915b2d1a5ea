using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Data.Configurations;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.EventType).HasMaxLength(256);
        builder.Property(m => m.EventId).HasMaxLength(256);
        builder.Property(m => m.OrderingKey).HasMaxLength(256);
        builder.Property(m => m.TraceParent).HasMaxLength(55);
        builder.PrimitiveCollection(m => m.Channels); // Not AsJson: lists are filtered by a channel.
        builder.HasIndex(m => new { m.ApplicationId, m.Id });
        builder.HasIndex(m => new { m.ApplicationId, m.EventId }).IsUnique().HasFilter("event_id IS NOT NULL");
    }
}
