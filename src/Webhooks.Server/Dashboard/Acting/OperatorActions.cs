using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Webhooks.Core.ApiKeys;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>What the person of this page does. Each time it is looked up whether the session is still good and what the person may do.</summary>
internal sealed class OperatorActions(
    ApiOperations api, AuthenticationStateProvider session, IServiceScopeFactory scopes, NavigationManager navigation)
{
    // A key without a row: the person is named beside it.
    private static readonly ApiKeyId Dashboard = new(UInt128.Zero);

    /// <inheritdoc cref="ApiOperations.CallAsync"/>
    public async Task<Reply> RunAsync(
        string operation, object? slots = null, object? body = null, CancellationToken cancellationToken = default)
    {
        var state = await session.GetAuthenticationStateAsync();
        await using var scope = scopes.CreateAsyncScope();
        if (await SessionWatch.FindAsync(scope.ServiceProvider, state.User) is not { } person)
            return Reply.Refused(StatusCodes.Status401Unauthorized, "Your session has ended. Sign in again.");

        var needed = NeededRole.Of(operation);
        if (person.Role < needed)
            return Reply.Refused(StatusCodes.Status403Forbidden, $"This takes the role {needed}; yours is {person.Role}. An administrator can change that.");

        var caller = new Caller(Dashboard, ApiKeyScope.Full, null) { Person = person.DisplayName };
        return await api.CallAsync(caller, new Uri(navigation.BaseUri), operation, slots, body, cancellationToken);
    }
}
