namespace Webhooks.Server.Dashboard.Access;

/// <summary>What people type of an authenticator app: six digits, in groups or not; all else is meant as a recovery code.</summary>
internal static class TwoFactorCode
{
    private const int Length = 6;

    public static bool IsOfApp(string typed) => Digits(typed) is { Length: Length } digits && digits.All(char.IsAsciiDigit);

    public static string Digits(string typed) => string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-'));
}
