using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.DeadLetters;

namespace Webhooks.Core.Data.Configurations;

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder)
    {
        builder.ToTable("dead_letters");
        builder.HasKey(d => d.DeliveryId);
        builder.Property(d => d.EventType).HasMaxLength(256);
        builder.Property(d => d.DecidedBy).HasMaxLength(256);
        builder.Property(d => d.Note).HasMaxLength(1_024);

        // Lists, newest first, of an application, an endpoint and an incident.
        builder.HasIndex(d => new { d.ApplicationId, d.DeliveryId });
        builder.HasIndex(d => new { d.EndpointId, d.DeliveryId });
        builder.HasIndex(d => new { d.IncidentId, d.DeliveryId }).HasFilter("incident_id IS NOT NULL");

        // Whether an incident has any that nobody has seen, or decided about, however many it had.
        builder.HasIndex(d => new { d.IncidentId, d.State, d.DeliveryId }).HasFilter("incident_id IS NOT NULL");

        // What waits for people, and what must still be sorted into an incident.
        builder.HasIndex(d => new { d.DeliveryId, d.State }).HasDatabaseName("ix_dead_letters_undecided").HasFilter("state IN (0, 1)");
        builder.HasIndex(d => d.DeliveryId).HasDatabaseName("ix_dead_letters_unsorted").HasFilter("incident_id IS NULL AND state = 0");

        // A message that is sent again decides those of its earlier deliveries.
        builder.HasIndex(d => new { d.MessageId, d.EndpointId });
    }
}
