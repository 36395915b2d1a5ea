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
        builder.HasIndex(a => new { a.MessageId, a.Id });
        builder.HasIndex(a => new { a.EndpointId, a.Id });
    }
}
