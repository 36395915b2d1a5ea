using static Webhooks.Core.Security.Network.SpecialPurposeRange;

namespace Webhooks.Core.Security.Network;

/// <summary>
/// The IANA IPv6 Special-Purpose Address Registry (https://www.iana.org/assignments/iana-ipv6-special-registry), whole, and all that
/// is not global unicast. Forms that carry an IPv4 address are blocked as such; where one is opened, the address inside is judged too.
/// </summary>
internal static class SpecialPurposeIPv6
{
    /// <summary>Narrow ranges stand before the wider ones that hold them: the first match names the reason.</summary>
    public static readonly IReadOnlyList<SpecialPurposeRange> Ranges =
    [
        Of("::1/128", "loopback", "RFC 4291, section 2.5.3"),
        Of("::/128", "unspecified", "RFC 4291, section 2.5.2"),
        Of("::ffff:0:0/96", "IPv4-mapped", "RFC 4291, section 2.5.5.2"),
        Of("::/96", "IPv4-compatible", "RFC 4291, section 2.5.5.1"),
        Of("64:ff9b::/96", "NAT64", "RFC 6052"),
        Of("64:ff9b:1::/48", "local NAT64", "RFC 8215"),
        Of("100::/64", "discard only", "RFC 6666"),
        Of("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
        Of("2001::/32", "Teredo", "RFC 4380"),
        Of("2001:2::/48", "benchmarking", "RFC 5180"),
        Of("2001:3::/32", "AMT", "RFC 7450"),
        Of("2001:4:112::/48", "AS112", "RFC 7535"),
        Of("2001:10::/28", "ORCHID", "RFC 4843"),
        Of("2001:20::/28", "ORCHIDv2", "RFC 7343"),
        Of("2001:30::/28", "drone remote ids", "RFC 9374"),
        Of("2001::/23", "IETF protocol assignments", "RFC 2928"),
        Of("2001:db8::/32", "documentation", "RFC 3849"),
        Of("2002::/16", "6to4", "RFC 3056"),
        Of("2620:4f:8000::/48", "AS112", "RFC 7534"),
        Of("3fff::/20", "documentation", "RFC 9637"),
        Of("5f00::/16", "segment routing", "RFC 9602"),
        Of("fc00::/7", "unique local", "RFC 4193"),
        Of("fe80::/10", "link local", "RFC 4291, section 2.5.6"),
        Of("fec0::/10", "site local", "RFC 3879"),
        Of("ff00::/8", "multicast", "RFC 4291, section 2.7"),

        // All that is left outside of 2000::/3: blocked ahead of any use that is assigned to it.
        Of("::/3", "not global unicast", "RFC 4291, section 2.4"),
        Of("4000::/2", "not global unicast", "RFC 4291, section 2.4"),
        Of("8000::/1", "not global unicast", "RFC 4291, section 2.4"),
    ];
}
