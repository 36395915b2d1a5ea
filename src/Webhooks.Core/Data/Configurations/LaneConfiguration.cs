using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Lanes;

namespace Webhooks.Core.Data.Configurations;

internal sealed class LaneConfiguration : IEntityTypeConfiguration<Lane>
{
    public void Configure(EntityTypeBuilder<Lane> builder)
    {
        builder.ToTable("lanes");
        builder.HasKey(l => l.EndpointId);
        builder.HasIndex(l => new { l.ReadyAt, l.PacedUntil }).HasDatabaseName("ix_lanes_ready").HasFilter("ready_at IS NOT NULL");

        // Few lanes fail; whoever looks for them looks at nothing else.
        builder.HasIndex(l => l.FailingSince).HasDatabaseName("ix_lanes_failing").HasFilter("failing_since IS NOT NULL");
    }
}
