using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Data.Configurations;

internal sealed class EndpointConfiguration : IEntityTypeConfiguration<Endpoint>
{
    public void Configure(EntityTypeBuilder<Endpoint> builder)
    {
        builder.ToTable("endpoints");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Uid).HasMaxLength(256);
        builder.Property(e => e.EventTypes).AsJson();
        builder.Property(e => e.Channels).AsJson();
        builder.Property(e => e.Metadata).AsJson();
        builder.Property(e => e.RetrySchedule).AsJson();
        builder.HasIndex(e => new { e.ApplicationId, e.Uid }).IsUnique();

        // The pages of an application's list.
        builder.HasIndex(e => new { e.ApplicationId, e.Id });

        // What retention looks at: live ones are not in it.
        builder.HasIndex(e => new { e.DeletedAt, e.Id }).HasFilter("deleted_at IS NOT NULL");

        // Few are disabled by the service; whoever looks for them looks at nothing else.
        builder.HasIndex(e => e.DisabledReason).HasDatabaseName("ix_endpoints_disabled").HasFilter("disabled_reason IS NOT NULL");
    }
}
