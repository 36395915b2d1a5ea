using System.Net;
using System.Net.Sockets;

namespace Webhooks.Core.Security.Network;

/// <summary>The IPv4 addresses that an IPv6 address carries inside: what a translator or tunnel on the way would really talk to.</summary>
/// <remarks>
/// Local NAT64 (64:ff9b:1::/48) is not read: where the address stands depends on a prefix length that only that network knows
/// (RFC 6052, section 2.2). It is blocked whole, and whoever opens it relies on the translator's own filter.
/// </remarks>
internal static class EmbeddedIPv4
{
    private static readonly IPNetwork Mapped = IPNetwork.Parse("::ffff:0:0/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("::ffff:0:0:0/96");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    public static IReadOnlyList<IPAddress> Within(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return [];
        if (address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback))
            return []; // inside ::/96 by their bits, yet addresses of their own

        var bytes = address.GetAddressBytes();
        if (Mapped.Holds(address) || Translated.Holds(address) || Compatible.Holds(address) || Nat64.Holds(address) || IsIsatap(bytes))
            return [new IPAddress(bytes.AsSpan(12))];
        if (SixToFour.Holds(address))
            return [new IPAddress(bytes.AsSpan(2, 4))];
        if (Teredo.Holds(address))
            return [new IPAddress(bytes.AsSpan(4, 4)), new IPAddress(Inverted(bytes.AsSpan(12)))];
        return [];
    }

    // An interface identifier of 0000:5efe or 0200:5efe and the address, under any prefix: RFC 5214, section 6.1.
    private static bool IsIsatap(ReadOnlySpan<byte> bytes) =>
        bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;

    // Teredo writes the client's address with every bit inverted: RFC 4380, section 4.
    private static byte[] Inverted(ReadOnlySpan<byte> bytes) =>
        [(byte)~bytes[0], (byte)~bytes[1], (byte)~bytes[2], (byte)~bytes[3]];
}
