namespace Webhooks.Server.Dashboard.Access;

/// <summary>Where people sign in.</summary>
internal static class SignInPages
{
    public const string SignIn = "/sign-in";
    public const string TwoFactor = "/sign-in/two-factor";
    public const string SignOut = "/sign-out";
    public const string ReturnUrl = "returnUrl";

    /// <summary>A page of ours, so that a link can't lead people elsewhere once they have signed in.</summary>
    public static string Safe(string? returnUrl) =>
        returnUrl is ['/', ..] and not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";
}
