using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Data.Configurations;

internal sealed class OperationalEventConfiguration : IEntityTypeConfiguration<OperationalEvent>
{
    public void Configure(EntityTypeBuilder<OperationalEvent> builder)
    {
        builder.ToTable("operational_events");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.EndpointUid).HasMaxLength(256);
    }
}
