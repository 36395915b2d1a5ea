using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

internal static class SignOutRoute
{
    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost(SignInPages.SignOut, SignOutAsync).ExcludeFromDescription();

    // The form is read so that its antiforgery token is checked.
    private static async Task<IResult> SignOutAsync(SignInManager<Operator> session, [FromForm] string? returnUrl)
    {
        await session.SignOutAsync();
        return TypedResults.LocalRedirect(SignInPages.SignIn);
    }
}
