using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Data.Configurations;

internal sealed class EndpointSecretConfiguration : IEntityTypeConfiguration<EndpointSecret>
{
    public void Configure(EntityTypeBuilder<EndpointSecret> builder)
    {
        builder.ToTable("endpoint_secrets");
        builder.HasKey(s => s.Id);
        builder.HasIndex(s => s.EndpointId);
    }
}
