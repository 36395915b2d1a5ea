using System.Text.RegularExpressions;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>Where a URL may go on in the next line: after a slash and before a dot. Pure.</summary>
internal static partial class AddressParts
{
    public static IReadOnlyList<string> Of(string? url) => Places().Split(url ?? "");

    [GeneratedRegex(@"(?<=[^/]/)(?=[^/])|(?=\.)")]
    private static partial Regex Places();
}
