using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.BackgroundTasks;

namespace Webhooks.Core.Data.Configurations;

internal sealed class BackgroundTaskConfiguration : IEntityTypeConfiguration<BackgroundTask>
{
    public void Configure(EntityTypeBuilder<BackgroundTask> builder)
    {
        builder.ToTable("background_tasks");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Cursor).HasMaxLength(256);

        // What a start picks up again.
        builder.HasIndex(t => t.Id).HasDatabaseName("ix_background_tasks_running").HasFilter("state = 0");
    }
}
