using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Applications;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Data.Configurations;

internal sealed class ApplicationConfiguration : IEntityTypeConfiguration<Application>
{
    public void Configure(EntityTypeBuilder<Application> builder)
    {
        builder.ToTable("applications");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Uid).HasMaxLength(256);
        builder.Property(a => a.Metadata).AsJson();
        builder.HasIndex(a => a.Uid).IsUnique();

        // What retention looks at: live ones are not in it.
        builder.HasIndex(a => new { a.DeletedAt, a.Id }).HasFilter("deleted_at IS NOT NULL");
        builder.HasData(OperationalApplication.Row);
    }
}
