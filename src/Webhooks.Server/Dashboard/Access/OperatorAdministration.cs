using Microsoft.AspNetCore.Components.Authorization;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>What the administrator of this page does about people. Each time it is looked up whether the session is still good.</summary>
internal sealed class OperatorAdministration(AuthenticationStateProvider session, IServiceScopeFactory scopes)
{
    public async Task<OperatorAnswer> RunAsync(Func<OperatorDesk, Actor, Task<OperatorAnswer>> act)
    {
        var state = await session.GetAuthenticationStateAsync();
        await using var scope = scopes.CreateAsyncScope();
        if (await SessionWatch.FindAsync(scope.ServiceProvider, state.User) is not { } person)
            return OperatorAnswer.Refused("Your session has ended. Sign in again.");
        if (person.Role < OperatorRole.Administrator)
            return OperatorAnswer.Refused($"This takes the role {OperatorRole.Administrator}; yours is {person.Role}.");

        return await act(scope.ServiceProvider.GetRequiredService<OperatorDesk>(), new Actor(person.Id, person.DisplayName));
    }
}
