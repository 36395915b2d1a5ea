using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Http.Idempotency;

namespace Webhooks.Core.Data.Configurations;

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_records");
        builder.HasKey(r => new { r.ApiKeyId, r.IdempotencyKey });
        builder.Property(r => r.IdempotencyKey).HasMaxLength(256);
        builder.Property(r => r.RequestHash).HasMaxLength(32);
        builder.HasIndex(r => r.ExpiresAt);
    }
}
