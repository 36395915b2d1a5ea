using System.ComponentModel.DataAnnotations;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access.OpenId;

/// <summary>
/// Signing in to the dashboard with an identity provider that speaks OpenID Connect: authorization code flow with PKCE. Configuration
/// section <c>Webhooks:Dashboard:OpenIdConnect</c>.
/// </summary>
public sealed class IdentityProviderOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = $"{DashboardOptions.Section}:OpenIdConnect";

    /// <summary>
    /// The provider's address; its <c>/.well-known/openid-configuration</c> says the rest. Unset, nobody signs in that way.
    /// </summary>
    /// <value>An https address of at most 128 characters, or http on this machine; default none.</value>
    [StringLength(128)]
    public string? Authority { get; init; }

    /// <summary>The name under which this service is registered with the provider.</summary>
    /// <value>1 to 256 characters; required with <c>Authority</c>; default none.</value>
    [StringLength(256, MinimumLength = 1)]
    public string? ClientId { get; init; }

    /// <summary>The secret of that registration. Unset for a public client, which PKCE alone protects.</summary>
    /// <value>1 to 1,024 characters; default none.</value>
    [StringLength(1_024, MinimumLength = 1)]
    public string? ClientSecret { get; init; }

    /// <summary>What people call the provider: the page says "Sign in with …".</summary>
    /// <value>1 to 64 characters; default <c>single sign-on</c>.</value>
    [StringLength(64, MinimumLength = 1)]
    public string DisplayName { get; init; } = "single sign-on";

    /// <summary>What is asked for beside <c>openid</c> and <c>profile</c>, where the provider needs that to tell the roles.</summary>
    /// <value>A list of scopes; default none.</value>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim that says what a person may do, in the ID token or from the userinfo endpoint. It may have many values.</summary>
    /// <value>1 to 256 characters; default <c>roles</c>.</value>
    [StringLength(256, MinimumLength = 1)]
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The values of the role claim that make an administrator.</summary>
    /// <value>A list; default none.</value>
    public IReadOnlyList<string> Administrators { get; init; } = [];

    /// <summary>The values of the role claim that make an operator.</summary>
    /// <value>A list; default none.</value>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>The values of the role claim that make a viewer. Who has none of all these values is refused.</summary>
    /// <value>A list; default none.</value>
    public IReadOnlyList<string> Viewers { get; init; } = [];

    internal bool IsOn => Authority is not null;

    /// <summary>Whether the provider is on this machine, where plain http is as good.</summary>
    internal bool IsPlaintext => Uri.TryCreate(Authority, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp;

    /// <summary>The highest role that any of the claim's values stands for; null when none does.</summary>
    internal OperatorRole? RoleOf(IEnumerable<string> values)
    {
        var given = values.ToHashSet(StringComparer.Ordinal);
        return given.Overlaps(Administrators) ? OperatorRole.Administrator
            : given.Overlaps(Operators) ? OperatorRole.Operator
            : given.Overlaps(Viewers) ? OperatorRole.Viewer
            : null;
    }
}
