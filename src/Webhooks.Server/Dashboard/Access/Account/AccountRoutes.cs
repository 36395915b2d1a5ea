using Microsoft.AspNetCore.Mvc;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access.Account;

/// <summary>
/// What a page that lives on its own connection can't do: after these changes the browser needs another cookie. Forms are read, so their
/// antiforgery token is checked.
/// </summary>
internal static class AccountRoutes
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        app.MapPost(SignInPages.Rename, RenameAsync).RequireAuthorization(Rights.Viewer).ExcludeFromDescription();
        app.MapPost(SignInPages.EndOtherSessions, EndOtherSessionsAsync).RequireAuthorization(Rights.Viewer).ExcludeFromDescription();
    }

    private static Task<IResult> RenameAsync([FromForm] string? name, HttpContext http, OwnAccount account) =>
        ChangeAsync(http, person => account.RenameAsync(person, name ?? "", http.RequestAborted), "name", "name");

    private static Task<IResult> EndOtherSessionsAsync(IFormCollection form, HttpContext http, OwnAccount account) =>
        ChangeAsync(http, person => account.EndOtherSessionsAsync(person, http.RequestAborted), "sessions", "changed");

    private static async Task<IResult> ChangeAsync(HttpContext http, Func<Operator, Task<OperatorAnswer>> change, string done, string fault)
    {
        if (await SessionWatch.FindAsync(http.RequestServices, http.User) is not { } person)
            return TypedResults.LocalRedirect(SignInPages.SignIn.With(SignInPages.Account));

        var answer = await change(person);
        return TypedResults.LocalRedirect($"{SignInPages.Account}?{(answer.IsDone ? $"done={done}" : $"fault={fault}")}");
    }
}
