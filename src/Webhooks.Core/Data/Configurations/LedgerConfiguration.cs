using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Ledger;

namespace Webhooks.Core.Data.Configurations;

internal sealed class LedgerConfiguration : IEntityTypeConfiguration<LedgerHour>, IEntityTypeConfiguration<LedgerSeal>
{
    public void Configure(EntityTypeBuilder<LedgerHour> builder)
    {
        builder.ToTable("ledger_hours");
        builder.HasKey(h => new { h.Hour, h.EndpointId });
        builder.HasIndex(h => new { h.ApplicationId, h.Hour });
        builder.HasIndex(h => new { h.EndpointId, h.Hour });
    }

    public void Configure(EntityTypeBuilder<LedgerSeal> builder)
    {
        builder.ToTable("ledger_seals");
        builder.HasKey(s => s.Day);
        builder.Property(s => s.PreviousHash).HasMaxLength(32);
        builder.Property(s => s.Hash).HasMaxLength(32);
    }
}
