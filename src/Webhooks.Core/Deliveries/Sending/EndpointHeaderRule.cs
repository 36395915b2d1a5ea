using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>Which headers an endpoint may add to its deliveries: none that this service, HTTP itself or what stands between sets.</summary>
internal static class EndpointHeaderRule
{
    /// <summary>In bytes of UTF-8, in which header values are sent.</summary>
    public const int MaxValueBytes = 4_096;

    private static readonly FrozenSet<string> Reserved = new[]
    {
        // Ours (design: no endpoint header can override any of these).
        "user-agent", "idempotency-key", "traceparent",
        // HTTP's own: the connection, the message, and Expect, which would change when the body is sent. RFC 9110, sections 7 and 10.
        "host", "connection", "keep-alive", "te", "trailer", "trailers", "transfer-encoding", "upgrade", "http2-settings", "expect",
        "allow", "date", "last-modified",
        // Caches (RFC 9111; RFC 9110, section 13) and proxies (RFC 9110, section 7.6; RFC 7239).
        "age", "cache-control", "expires", "pragma", "vary", "warning",
        "if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range",
        "forwarded", "max-forwards", "via", "x-real-ip", "cdn-loop",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ReservedPrefixes =
        ["webhook-", "svix-", "x-svix-", "content-", "proxy-", "x-forwarded-", "x-amz", "x-goog", "x-azure", "x-fd-", "x-gfe"];

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The sentence that names the broken rule, for the API's caller; null when the header may be sent.</summary>
    public static string? FindFault(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
            return "A header's name must consist of letters, digits and hyphens.";
        if (IsReserved(name))
            return $"The header '{name}' is reserved: this service or HTTP itself sets it.";
        if (value.AsSpan().IndexOfAnyInRange('\0', '\u0008') >= 0 || value.AsSpan().IndexOfAnyInRange('\u000a', '\u001f') >= 0 || value.Contains('\u007f', StringComparison.Ordinal))
            return $"The value of the header '{name}' must not contain line breaks or other control characters.";
        if (Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
            return $"The value of the header '{name}' must have {MaxValueBytes:N0} bytes at most.";
        return null;
    }

    private static bool IsReserved(string name)
    {
        if (Reserved.Contains(name))
            return true;

        foreach (var prefix in ReservedPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
