using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Data.Configurations;

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Error).HasMaxLength(1_024);
        builder.HasIndex(n => new { n.IncidentId, n.Id });
        builder.HasIndex(n => new { n.ChannelId, n.Id });
        builder.HasIndex(n => n.DueAt).HasDatabaseName("ix_notifications_waiting").HasFilter("state = 0");
    }
}
