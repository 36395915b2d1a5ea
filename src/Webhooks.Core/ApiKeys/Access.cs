using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Core.ApiKeys;

/// <summary>The authorization policies: which scopes an operation is open to.</summary>
internal static class Access
{
    /// <summary>Keys with full access only.</summary>
    public const string Full = "Webhooks.Full";

    /// <summary>Keys that publish, and those with full access.</summary>
    public const string Publish = "Webhooks.Publish";

    /// <summary>An application's own keys, and those with full access.</summary>
    public const string Application = "Webhooks.Application";

    /// <summary>Every live key.</summary>
    public const string Any = "Webhooks.Any";

    public static AuthorizationBuilder AddAccessPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(Full, Of(ApiKeyScope.Full))
        .AddPolicy(Publish, Of(ApiKeyScope.Full, ApiKeyScope.Publish))
        .AddPolicy(Application, Of(ApiKeyScope.Full, ApiKeyScope.Application))
        .AddPolicy(Any, Of(ApiKeyScope.Full, ApiKeyScope.Publish, ApiKeyScope.Application));

    /// <summary>What the policies look at.</summary>
    public static Claim ToClaim(this ApiKeyScope scope) => new("scope", scope.ToString());

    private static AuthorizationPolicy Of(params ApiKeyScope[] scopes) => new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName)
        .RequireClaim("scope", scopes.Select(scope => scope.ToString()))
        .Build();
}
