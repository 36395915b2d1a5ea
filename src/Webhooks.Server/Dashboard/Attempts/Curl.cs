using System.Text;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>An attempt's request as a command for a shell.</summary>
internal static class Curl
{
    /// <summary>Shells and clipboards take no more gladly; a larger payload is read from a file.</summary>
    private const int MaxInlineBytes = 65_536;

    /// <param name="fileName">What the payload's download is called.</param>
    public static string Of(string url, IEnumerable<SentHeader> headers, byte[] payload, string fileName)
    {
        var command = new StringBuilder("# Without a signature: it is not kept, so a subscriber that verifies will refuse this.\n")
            .Append("curl --request POST ").Append(Quote(url));
        foreach (var header in headers.Where(h => h.Value is not null && h.Name != "content-length"))
            command.Append(" \\\n  --header ").Append(Quote($"{header.Name}: {header.Value}"));

        // --data-raw takes an @ at the beginning as it is.
        var (option, data) = payload.Length > MaxInlineBytes
            ? ("--data-binary", $"@{fileName}")
            : ("--data-raw", Encoding.UTF8.GetString(payload));
        return command.Append(" \\\n  ").Append(option).Append(' ').Append(Quote(data)).ToString();
    }

    // Within single quotes a POSIX shell reads everything as it is, but for the quote itself.
    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
