namespace Webhooks.Server.Dashboard.Access.OpenId;

/// <summary>Why somebody who came back from the identity provider is not signed in, as the address of the page says it.</summary>
internal static class SignInRefusal
{
    public const string NoRole = "no-role";
    public const string Disabled = "disabled";
    public const string Failed = "failed";

    public static string PageOf(string why) => $"{SignInPages.Refused}?why={why}";
}
