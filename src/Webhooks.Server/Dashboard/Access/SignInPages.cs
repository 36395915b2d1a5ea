namespace Webhooks.Server.Dashboard.Access;

/// <summary>Where people sign in, and where they look after their account.</summary>
internal static class SignInPages
{
    public const string SignIn = "/sign-in";
    public const string TwoFactor = "/sign-in/two-factor";
    public const string Refused = "/sign-in/refused";
    public const string External = "/sign-in/external";
    public const string ExternalCallback = "/sign-in/external/callback";
    public const string SignOut = "/sign-out";
    public const string NotAllowed = "/not-allowed";
    public const string Account = "/account";
    public const string Password = "/account/password";
    public const string Rename = "/account/rename";
    public const string EndOtherSessions = "/account/end-other-sessions";
    public const string ReturnUrl = "returnUrl";

    /// <summary>A page of ours, so that a link can't lead people elsewhere once they have signed in.</summary>
    public static string Safe(string? returnUrl) =>
        returnUrl is ['/', ..] and not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";

    /// <summary>A page that leads on to another one.</summary>
    public static string With(this string page, string? returnUrl) => $"{page}?{ReturnUrl}={Uri.EscapeDataString(Safe(returnUrl))}";
}
