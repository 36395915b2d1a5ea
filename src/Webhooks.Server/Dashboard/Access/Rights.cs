using Microsoft.AspNetCore.Authorization;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>The policies that pages and actions name: at least this role.</summary>
internal static class Rights
{
    public const string Viewer = "Dashboard.Viewer";
    public const string Operator = "Dashboard.Operator";
    public const string Administrator = "Dashboard.Administrator";

    public static void AddRights(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(Viewer, policy => AtLeast(policy, OperatorRole.Viewer))
        .AddPolicy(Operator, policy => AtLeast(policy, OperatorRole.Operator))
        .AddPolicy(Administrator, policy => AtLeast(policy, OperatorRole.Administrator));

    private static void AtLeast(AuthorizationPolicyBuilder policy, OperatorRole role) => policy
        .RequireRole(Enum.GetValues<OperatorRole>().Where(r => r >= role).Select(r => r.ToString()))
        .RequireAssertion(context => !OneTimePassword.IsOf(context.User));
}
