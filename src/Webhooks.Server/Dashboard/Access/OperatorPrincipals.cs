using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>What a session knows of its person beside the id: name and role.</summary>
internal sealed class OperatorPrincipals(UserManager<Operator> operators, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Operator>(operators, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Operator user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ClaimTypes.Role, user.Role.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.GivenName, user.DisplayName));
        return identity;
    }
}
