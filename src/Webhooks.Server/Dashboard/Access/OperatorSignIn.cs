using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>Nobody signs in whose access was taken away, nor with a password where those are switched off.</summary>
internal sealed class OperatorSignIn(
    UserManager<Operator> operators, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Operator> principals,
    IOptions<IdentityOptions> options, ILogger<SignInManager<Operator>> logger, IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Operator> confirmation, IOptions<DashboardOptions> dashboard, TimeProvider clock)
    : SignInManager<Operator>(operators, http, principals, options, logger, schemes, confirmation)
{
    public override Task<bool> CanSignInAsync(Operator user) =>
        user.DisabledAt is null ? base.CanSignInAsync(user) : Task.FromResult(false);

    public override Task<SignInResult> CheckPasswordSignInAsync(Operator user, string password, bool lockoutOnFailure) =>
        dashboard.Value.AllowPasswords
            ? base.CheckPasswordSignInAsync(user, password, lockoutOnFailure)
            : Task.FromResult(SignInResult.NotAllowed);

    // Identity's own neither asks whether the person may sign in just now, nor counts a wrong code.
    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode)
    {
        if (await GetTwoFactorAuthenticationUserAsync() is not { } person)
            return SignInResult.Failed;
        if (await PreSignInCheck(person) is { } refusal)
            return refusal;

        var result = await base.TwoFactorRecoveryCodeSignInAsync(recoveryCode);
        if (!result.Succeeded)
            await UserManager.AccessFailedAsync(person);
        return result;
    }

    public override async Task<Operator?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { DisabledAt: null } user ? user : null;

    public override async Task SignInWithClaimsAsync(
        Operator user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
        user.SignedInAt = clock.GetUtcMicroseconds();
        await UserManager.UpdateAsync(user);
    }
}
