namespace Webhooks.Server.Startup;

/// <summary>
/// How long one match of a regular expression may take, anywhere in this process. Event types' schemas bring patterns, and publishers the
/// texts: with the wrong pair of them a match would hold its thread for years.
/// </summary>
internal static class MatchTimeout
{
    // Honest patterns take microseconds.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    /// <summary>To be called before anything else: .NET looks at it once, when the first regular expression is made.</summary>
    public static void Set() => AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Limit);
}
