using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Webhooks.Core.Data;
using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard.Access;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Settings.Operators;

/// <summary>A line of the list of people.</summary>
/// <param name="Provider">The identity provider that vouches for the person; null for a password kept here.</param>
internal sealed record OperatorRow(
    OperatorId Id, string UserName, string DisplayName, OperatorRole Role, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt,
    DateTimeOffset? DisabledAt, DateTimeOffset? LockoutEnd, bool HasTwoFactor, bool HasOneTimePassword, string? Provider)
{
    public static Expression<Func<Operator, OperatorRow>> Projection(WebhooksDbContext db) => o => new OperatorRow(
        o.Id, o.UserName!, o.DisplayName, o.Role, o.CreatedAt, o.SignedInAt, o.DisabledAt, o.LockoutEnd, o.TwoFactorEnabled,
        db.Set<IdentityUserClaim<OperatorId>>().Any(c => c.UserId == o.Id && c.ClaimType == OneTimePassword.Claim.Type),
        db.Set<IdentityUserLogin<OperatorId>>().Where(l => l.UserId == o.Id).Select(l => l.ProviderDisplayName).FirstOrDefault());

    public (Tone Tone, string Text) State(DateTimeOffset now) => this switch
    {
        { DisabledAt: not null } => (Tone.Quiet, "Disabled"),
        { LockoutEnd: { } end } when end > now => (Tone.Warning, "Locked out"),
        { HasOneTimePassword: true } => (Tone.Busy, "Invited"),
        _ => (Tone.Good, "Active"),
    };
}
