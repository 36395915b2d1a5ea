using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Ledger;

namespace Webhooks.Core.Data.Configurations;

internal sealed class LedgerConfiguration :
    IEntityTypeConfiguration<LedgerHour>, IEntityTypeConfiguration<LedgerSeal>, IEntityTypeConfiguration<LedgerMark>
{
    public void Configure(EntityTypeBuilder<LedgerHour> builder)
    {
        builder.ToTable("ledger_hours");
        builder.HasKey(h => h.Id);
        builder.Ignore(h => h.Accepted);
        builder.ComplexProperty(h => h.Counts, counts => counts.Ignore(c => c.Total).Ignore(c => c.Unsettled).Ignore(c => c.AreSettled));

        // One entry an hour and endpoint: of two nodes that read the lane at once, the second goes on with the first one's.
        builder.HasIndex(h => new { h.EndpointId, h.Hour }).IsUnique();
        builder.HasIndex(h => new { h.ApplicationId, h.Hour });
        builder.HasIndex(h => h.Hour);

        // What a day's seal is about, beside what came in it.
        builder.HasIndex(h => h.SettledAt).HasFilter("settled_at IS NOT NULL");

        // What must still be counted, longest ago first.
        builder.HasIndex(h => h.CountedAt).HasDatabaseName("ix_ledger_hours_unsettled").HasFilter("settled_at IS NULL");

        // What does not come out even.
        builder.HasIndex(h => h.CountedAt, "ix_ledger_hours_unbalanced").HasFilter("residue <> 0");
    }

    public void Configure(EntityTypeBuilder<LedgerSeal> builder)
    {
        builder.ToTable("ledger_seals");
        builder.HasKey(s => s.Day);
        builder.Property(s => s.Day).HasMaxLength(10);
        builder.Property(s => s.PreviousHash).HasMaxLength(32);
        builder.Property(s => s.Hash).HasMaxLength(32);
    }

    public void Configure(EntityTypeBuilder<LedgerMark> builder)
    {
        builder.ToTable("ledger_marks");
        builder.HasKey(m => m.Kind);
        builder.Property(m => m.Kind).ValueGeneratedNever();
    }
}
