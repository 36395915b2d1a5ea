using System.Buffers;

namespace Webhooks.Protocol;

/// <summary>Base64 as secrets use it: RFC 4648 section 4, padded, without blanks or line breaks.</summary>
internal static class SecretText
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <returns>The bytes, or null where the text is not base64.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> base64)
    {
        // The framework's decoder skips blanks. Here they are refused: a secret that was cut at a line end must not pass as a shorter one.
        if (base64.ContainsAnyExcept(Alphabet))
            return null;

        var bytes = new byte[base64.Length / 4 * 3];
        return Convert.TryFromBase64Chars(base64, bytes, out var written) ? bytes[..written] : null;
    }
}
