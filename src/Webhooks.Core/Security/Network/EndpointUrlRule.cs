namespace Webhooks.Core.Security.Network;

/// <summary>
/// Which URLs an endpoint may have. This spares people a delivery that can never succeed; it is not the protection.
/// A name may point anywhere by the time of a delivery, so <see cref="GuardedConnector"/> judges the addresses that are connected to.
/// </summary>
internal sealed class EndpointUrlRule(NetworkPolicy policy, bool requireHttps)
{
    /// <summary>The sentence that names the broken rule, for the API's caller; null when the URL may be used.</summary>
    public string? FindFault(string url)
    {
        if (url.AsSpan().ContainsAnyInRange('\0', ' ') || url.Contains('\u007f', StringComparison.Ordinal))
            return "The URL must not contain blanks or control characters; write them percent-encoded.";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            return "The URL must be absolute, with a scheme and a host, such as https://example.com/webhooks.";
        if (parsed.Scheme != Uri.UriSchemeHttps && parsed.Scheme != Uri.UriSchemeHttp)
            return "The URL must use https or http.";
        if (requireHttps && parsed.Scheme != Uri.UriSchemeHttps)
            return "The URL must use https: this service does not deliver over plain http.";
        if (parsed.UserInfo.Length > 0)
            return "The URL must not contain a user name or password; send credentials in a header of the endpoint.";
        if (url.Contains('#', StringComparison.Ordinal))
            return "The URL must not contain a fragment: it would never be sent.";
        if (parsed.Port == 0)
            return "The URL must not use port 0.";
        return FindHostFault(parsed);
    }

    private string? FindHostFault(Uri url)
    {
        // Without a table of Unicode's compatibility forms, "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ" and "MÜNCHEN.de" would become other names than a browser makes of them.
        if (!System.Text.Ascii.IsValid(url.Host))
            return "The URL's host must be written in ASCII; write an internationalized name in its xn-- form.";
        if (url.IdnHost.Contains('%', StringComparison.Ordinal))
            return "The URL's host must not contain a zone id.";

        var literal = HostLiteral.Read(url);
        if (!literal.IsValid)
            return "The URL's host is neither a host name nor an IP address.";
        if (literal.Address is { } address && policy.FindBlock(address) is { } range)
            return $"The URL's host is a special-purpose address that this service does not deliver to: {range}.";
        if (literal.Address is null && IsLocalName(url.IdnHost.TrimEnd('.')) && !policy.AllowsLoopback)
            return "The URL's host is a name of this machine itself, which this service does not deliver to.";
        return null;
    }

    // RFC 6761, section 6.3, and the names that hosts files usually give to the loopback addresses.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals("localhost.localdomain", StringComparison.OrdinalIgnoreCase)
        || host.Equals("ip6-localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals("ip6-loopback", StringComparison.OrdinalIgnoreCase);
}
