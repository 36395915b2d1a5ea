using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.EventTypes;

namespace Webhooks.Core.Data.Configurations;

internal sealed class EventTypeConfiguration : IEntityTypeConfiguration<EventType>
{
    public void Configure(EntityTypeBuilder<EventType> builder)
    {
        builder.ToTable("event_types");
        builder.HasKey(t => t.Name);
        builder.Property(t => t.Name).HasMaxLength(256);
        builder.Property(t => t.FeatureFlag).HasMaxLength(256);
    }
}
