using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.ApiKeys;

namespace Webhooks.Core.Data.Configurations;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Name).HasMaxLength(256);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.FeatureFlags).AsJson();
        builder.HasIndex(k => k.Hash).IsUnique();

        // An application's keys are revoked together.
        builder.HasIndex(k => k.ApplicationId).HasFilter("application_id IS NOT NULL");
    }
}
