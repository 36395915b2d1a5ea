using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access.OpenId;

/// <summary>To the identity provider and back.</summary>
internal static class ExternalSignInRoutes
{
    public static void MapExternalSignIn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<IdentityProviderOptions>>().Value.IsOn)
            return;

        app.MapGet(SignInPages.External, Leave).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(SignInPages.ExternalCallback, ComeBackAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static ChallengeHttpResult Leave(string? returnUrl) => TypedResults.Challenge(
        new AuthenticationProperties { RedirectUri = SignInPages.ExternalCallback.With(returnUrl) }, [IdentityProviderServices.Scheme]);

    private static async Task<IResult> ComeBackAsync(
        string? returnUrl, HttpContext http, ExternalOperators people, SignInManager<Operator> session)
    {
        var told = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (told.Principal is not { } identity)
            return TypedResults.LocalRedirect(SignInRefusal.PageOf(SignInRefusal.Failed));

        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (await people.AdmitAsync(identity, http.RequestAborted) is not { } person)
            return TypedResults.LocalRedirect(SignInRefusal.PageOf(SignInRefusal.NoRole));
        if (!await session.CanSignInAsync(person))
            return TypedResults.LocalRedirect(SignInRefusal.PageOf(SignInRefusal.Disabled));

        // The second step is the provider's.
        await session.SignInAsync(person, isPersistent: false, IdentityProviderServices.Scheme);
        return TypedResults.LocalRedirect(SignInPages.Safe(returnUrl));
    }
}
