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
        builder.HasData(OperationalApplication.Row);
    }
}
