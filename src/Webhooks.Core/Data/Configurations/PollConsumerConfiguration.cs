using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Polling;

namespace Webhooks.Core.Data.Configurations;

internal sealed class PollConsumerConfiguration : IEntityTypeConfiguration<PollConsumer>
{
    public void Configure(EntityTypeBuilder<PollConsumer> builder)
    {
        builder.ToTable("poll_consumers");
        builder.HasKey(c => new { c.EndpointId, c.Name });
        builder.Property(c => c.Name).HasMaxLength(256);
    }
}
