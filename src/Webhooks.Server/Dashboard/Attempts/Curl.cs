using System.Text;
using Webhooks.Protocol;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>An attempt's request as a command for a shell.</summary>
internal static class Curl
{
    /// <summary>Shells and clipboards take no more gladly; a larger payload is read from a file.</summary>
    private const int MaxInlineBytes = 65_536;

    /// <param name="fileName">What the payload's download is called.</param>
    public static string Of(string url, IReadOnlyList<SentHeader> headers, byte[] payload, string fileName)
    {
        // curl says the length by itself.
        var told = headers.Where(h => h.Name != "content-length").ToList();
        var command = new StringBuilder();
        foreach (var header in told.Where(h => h.Note is not null))
            command.Append(Comment($"{(header.Value is null ? "Left out: " : "")}{header.Name} ({header.Note})."));
        if (told.Exists(h => h is { Name: WebhookHeaders.Signature, Value: not null }))
            command.Append(Comment("The signature is of the time in webhook-timestamp: subscribers that look at it refuse what is minutes old."));
        command.Append("curl --request POST ").Append(Quote(url));
        foreach (var header in told.Where(h => h.Value is not null))
            command.Append(" \\\n  --header ").Append(Quote($"{header.Name}: {header.Value}"));

        // --data-raw takes an @ at the beginning as it is.
        var (option, data) = payload.Length > MaxInlineBytes
            ? ("--data-binary", $"@{fileName}")
            : ("--data-raw", Encoding.UTF8.GetString(payload));
        return command.Append(" \\\n  ").Append(option).Append(' ').Append(Quote(data)).ToString();
    }

    // A line of its own, whatever a header is called: what came after a break would be run.
    private static string Comment(string text) => $"# {text.ReplaceLineEndings(" ")}\n";

    // Within single quotes a POSIX shell reads everything as it is, but for the quote itself.
    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
