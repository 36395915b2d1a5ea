using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Escalation;

namespace Webhooks.Core.Data.Configurations;

internal sealed class EscalationPolicyConfiguration : IEntityTypeConfiguration<EscalationPolicy>
{
    public void Configure(EntityTypeBuilder<EscalationPolicy> builder)
    {
        builder.ToTable("escalation_policies");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Name).HasMaxLength(256);
        builder.Property(p => p.Steps).AsJson();

        // One an application; that there is one default is seen to where it is made, because engines differ about the uniqueness of nulls.
        builder.HasIndex(p => p.ApplicationId).IsUnique().HasFilter("application_id IS NOT NULL");
    }
}
