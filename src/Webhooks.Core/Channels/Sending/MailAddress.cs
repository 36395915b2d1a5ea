using MimeKit;

namespace Webhooks.Core.Channels.Sending;

/// <summary>What an address of a mail may be: one mailbox, with or without a name.</summary>
internal static class MailAddress
{
    /// <summary>The sentence that names the broken rule; null when it may be used.</summary>
    public static string? FindFault(string text) =>
        TryParse(text) is { } address && address.Address.Contains('@', StringComparison.Ordinal)
            ? null
            : "Must be one address, such as on-call@example.com or On-call <on-call@example.com>.";

    /// <exception cref="FormatException">It is none: it was not checked before it was stored.</exception>
    public static MailboxAddress Parse(string text) => TryParse(text) ?? throw new FormatException("A stored address can't be read.");

    private static MailboxAddress? TryParse(string text) =>
        !text.AsSpan().ContainsAnyInRange('\0', '\u001f') && MailboxAddress.TryParse(text, out var address) ? address : null;
}
