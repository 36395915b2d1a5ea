using System.Buffers;
using System.Net;

namespace Webhooks.Core.Security.Network;

/// <summary>What a URL's host is: a name, an address in whatever spelling, or neither.</summary>
/// <param name="Address">The address that the host spells; null for a name.</param>
/// <param name="IsValid">False for a host that ends like an address and is none.</param>
internal readonly record struct HostLiteral(IPAddress? Address, bool IsValid)
{
    /// <remarks>
    /// <see cref="Uri"/> already turns decimal, octal, hexadecimal and shortened IPv4 (2130706433, 0177.1, 0x7f.1) into four numbers.
    /// It takes the same with a trailing dot, and whatever overflows, for a name; resolvers differ on those. So, as browsers do: a host
    /// whose last label is a number is an IPv4 address or nothing (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    /// </remarks>
    public static HostLiteral Read(Uri url)
    {
        if (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
            return new(IPAddress.Parse(url.Host), true);
        if (url.HostNameType != UriHostNameType.Dns)
            return new(null, false);

        var name = url.IdnHost.TrimEnd('.');
        if (!IsNumber(name.AsSpan(name.LastIndexOf('.') + 1)))
            return new(null, true);

        return IPAddress.TryParse(name, out var address) ? new(address, true) : new(null, false);
    }

    private static bool IsNumber(ReadOnlySpan<char> label) =>
        label.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? !label[2..].ContainsAnyExcept(HexDigits)
            : !label.ContainsAnyExceptInRange('0', '9');

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
}
