using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

internal static class SignOutRoute
{
    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost(SignInPages.SignOut, SignOutAsync).ExcludeFromDescription();

    // The form is read so that its antiforgery token is checked. A page that is open in another tab has no cookie that could be taken away,
    // so the person's sessions end, all of them.
    private static async Task<IResult> SignOutAsync(SignInManager<Operator> session, HttpContext context, [FromForm] string? returnUrl)
    {
        if (await SessionWatch.FindAsync(context.RequestServices, context.User) is { } person)
            await session.UserManager.UpdateSecurityStampAsync(person);
        await session.SignOutAsync();
        return TypedResults.LocalRedirect(SignInPages.SignIn);
    }
}
