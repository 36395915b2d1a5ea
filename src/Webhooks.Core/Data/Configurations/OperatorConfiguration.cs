using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Webhooks.Core.Operators;

namespace Webhooks.Core.Data.Configurations;

internal sealed class OperatorConfiguration : IEntityTypeConfiguration<Operator>
{
    public void Configure(EntityTypeBuilder<Operator> builder)
    {
        builder.ToTable("operators");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.UserName).HasMaxLength(256);
        builder.Property(o => o.NormalizedUserName).HasMaxLength(256);
        builder.Property(o => o.Email).HasMaxLength(256);
        builder.Property(o => o.NormalizedEmail).HasMaxLength(256);
        builder.Property(o => o.DisplayName).HasMaxLength(256);
        builder.Property(o => o.PasswordHash).HasMaxLength(512);
        builder.Property(o => o.SecurityStamp).HasMaxLength(64);
        builder.Property(o => o.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
        builder.Ignore(o => o.PhoneNumber).Ignore(o => o.PhoneNumberConfirmed);
        builder.HasIndex(o => o.NormalizedUserName).IsUnique();
        builder.HasIndex(o => o.NormalizedEmail);
    }
}

/// <summary>The identities that a person has with identity providers (OpenID Connect).</summary>
internal sealed class OperatorLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<OperatorId>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<OperatorId>> builder)
    {
        builder.ToTable("operator_logins");
        builder.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        builder.Property(l => l.LoginProvider).HasMaxLength(128);
        builder.Property(l => l.ProviderKey).HasMaxLength(256);
        builder.Property(l => l.ProviderDisplayName).HasMaxLength(256);
        builder.HasIndex(l => l.UserId);
        builder.HasOne<Operator>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>A person's authenticator key and recovery codes, encrypted.</summary>
internal sealed class OperatorTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<OperatorId>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<OperatorId>> builder)
    {
        builder.ToTable("operator_tokens");
        builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        builder.Property(t => t.LoginProvider).HasMaxLength(128);
        builder.Property(t => t.Name).HasMaxLength(128);
        builder.HasOne<Operator>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What sessions of a person carry beside name and role: that the password was given by somebody else and works once.</summary>
internal sealed class OperatorClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<OperatorId>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<OperatorId>> builder)
    {
        builder.ToTable("operator_claims");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.ClaimType).HasMaxLength(256);
        builder.Property(c => c.ClaimValue).HasMaxLength(1_024);
        builder.HasIndex(c => c.UserId);
        builder.HasOne<Operator>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
