using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Data.Configurations;

internal sealed class IncidentConfiguration : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Key).HasMaxLength(128);
        builder.Property(i => i.Summary).HasMaxLength(1_024);
        builder.Property(i => i.AcknowledgedBy).HasMaxLength(256);
        builder.Property(i => i.Assignee).HasMaxLength(256);
        builder.Property(i => i.ResolvedBy).HasMaxLength(256);
        builder.Property(i => i.Version).IsConcurrencyToken();

        // Two nodes that see the same trouble at once: the second finds the first one's incident.
        builder.HasIndex(i => i.Key).IsUnique().HasDatabaseName("ix_incidents_unresolved").HasFilter("state IN (0, 1)");

        // The last one of a kind, which is opened again if it comes back.
        builder.HasIndex(i => new { i.Key, i.Id });
        builder.HasIndex(i => new { i.ApplicationId, i.Id });
        builder.HasIndex(i => i.EscalatesAt).HasFilter("escalates_at IS NOT NULL");
    }
}
