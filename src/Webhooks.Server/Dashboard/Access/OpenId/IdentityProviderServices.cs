using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Webhooks.Core.Settings;

namespace Webhooks.Server.Dashboard.Access.OpenId;

internal static class IdentityProviderServices
{
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>Signing in elsewhere, where the settings name an identity provider.</summary>
    public static void AddIdentityProvider(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var services = authentication.Services;
        services.AddSettings<IdentityProviderOptions>(IdentityProviderOptions.Section);
        services.AddSingleton<IValidateOptions<IdentityProviderOptions>, IdentityProviderRules>();
        services.AddScoped<ExternalOperators>();

        // Without one there is no scheme that every request would have to pass.
        if (configuration[$"{IdentityProviderOptions.Section}:{nameof(IdentityProviderOptions.Authority)}"] is null)
            return;

        authentication.AddOpenIdConnect(Scheme, _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<IOptions<IdentityProviderOptions>, ILogger<ExternalOperators>>(Configure);
    }

    private static void Configure(OpenIdConnectOptions scheme, IOptions<IdentityProviderOptions> options, ILogger<ExternalOperators> logger)
    {
        var provider = options.Value;
        (scheme.Authority, scheme.ClientId, scheme.ClientSecret) = (provider.Authority, provider.ClientId, provider.ClientSecret);
        scheme.RequireHttpsMetadata = !provider.IsPlaintext;
        scheme.SignInScheme = IdentityConstants.ExternalScheme;
        (scheme.CallbackPath, scheme.RemoteSignOutPath) = ("/sign-in/external/answer", default);
        (scheme.ResponseType, scheme.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        scheme.UsePkce = true;
        scheme.MapInboundClaims = false;
        scheme.GetClaimsFromUserInfoEndpoint = true;
        foreach (var scope in provider.Scopes.Except(scheme.Scope))
            scheme.Scope.Add(scope);
        foreach (var claim in new[] { provider.RoleClaim, "preferred_username" })
            scheme.ClaimActions.MapJsonKey(claim, claim);

        // The answer comes as a link from another site, for which Lax is enough.
        scheme.CorrelationCookie.SameSite = scheme.NonceCookie.SameSite = SameSiteMode.Lax;
        scheme.CorrelationCookie.SecurePolicy = scheme.NonceCookie.SecurePolicy = CookieSecurePolicy.None; // SecureCookies decides
        scheme.Events.OnRemoteFailure = failure =>
        {
            logger.ExternalSignInFailed(failure.Failure);
            failure.Response.Redirect(SignInRefusal.PageOf(SignInRefusal.Failed));
            failure.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
