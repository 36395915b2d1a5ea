using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>Ends open pages of people whose sessions were revoked; what they do is checked at once anyway.</summary>
internal sealed class SessionWatch(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (authenticationState.User.Identity is not { IsAuthenticated: true })
            return true; // nobody: a portal's page, which has its own key

        await using var scope = scopes.CreateAsyncScope();
        return await FindAsync(scope.ServiceProvider, authenticationState.User) is not null;
    }

    /// <summary>The person as stored now; null when the session is not good any more.</summary>
    public static async Task<Operator?> FindAsync(IServiceProvider services, ClaimsPrincipal session)
    {
        var operators = services.GetRequiredService<UserManager<Operator>>();
        if (await operators.GetUserAsync(session) is not { DisabledAt: null } person)
            return null;

        var stamp = session.FindFirstValue(operators.Options.ClaimsIdentity.SecurityStampClaimType);
        return stamp == await operators.GetSecurityStampAsync(person) ? person : null;
    }
}
