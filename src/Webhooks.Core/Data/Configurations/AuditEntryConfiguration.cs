using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Audit;

namespace Webhooks.Core.Data.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Who).HasMaxLength(256);
        builder.Property(e => e.Operation).HasMaxLength(128);
        builder.Property(e => e.Target).HasMaxLength(1_024);
        builder.HasIndex(e => new { e.Who, e.Id });
        builder.HasIndex(e => new { e.Operation, e.Id });
        builder.HasIndex(e => new { e.ApplicationId, e.Id }).HasFilter("application_id IS NOT NULL");
    }
}
