using static Webhooks.Core.Security.Network.SpecialPurposeRange;

namespace Webhooks.Core.Security.Network;

/// <summary>
/// The IANA IPv4 Special-Purpose Address Registry (https://www.iana.org/assignments/iana-ipv4-special-registry), whole, and multicast.
/// Its globally reachable entries are blocked too: anycast services for a host's own network, never somebody's webhook receiver.
/// </summary>
internal static class SpecialPurposeIPv4
{
    /// <summary>Narrow ranges stand before the wider ones that hold them: the first match names the reason.</summary>
    public static readonly IReadOnlyList<SpecialPurposeRange> Ranges =
    [
        Of("0.0.0.0/8", "this host on this network", "RFC 791, section 3.2"),
        Of("10.0.0.0/8", "private use", "RFC 1918"),
        Of("100.64.0.0/10", "shared address space of carriers", "RFC 6598"),
        Of("127.0.0.0/8", "loopback", "RFC 1122, section 3.2.1.3"),
        Of("169.254.0.0/16", "link local, cloud metadata", "RFC 3927"),
        Of("172.16.0.0/12", "private use", "RFC 1918"),
        Of("192.0.0.0/24", "IETF protocol assignments", "RFC 6890, section 2.1"),
        Of("192.0.2.0/24", "documentation", "RFC 5737"),
        Of("192.31.196.0/24", "AS112", "RFC 7535"),
        Of("192.52.193.0/24", "AMT", "RFC 7450"),
        Of("192.88.99.0/24", "6to4 relay anycast", "RFC 7526"),
        Of("192.168.0.0/16", "private use", "RFC 1918"),
        Of("192.175.48.0/24", "AS112", "RFC 7534"),
        Of("198.18.0.0/15", "benchmarking", "RFC 2544"),
        Of("198.51.100.0/24", "documentation", "RFC 5737"),
        Of("203.0.113.0/24", "documentation", "RFC 5737"),
        Of("224.0.0.0/4", "multicast", "RFC 5771"),
        Of("255.255.255.255/32", "limited broadcast", "RFC 919"),
        Of("240.0.0.0/4", "reserved", "RFC 1112, section 4"),

        // In no registry and routed like a public address, yet it answers every virtual machine of one cloud with that machine's own settings:
        // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
        Of("168.63.129.16/32", "platform service of a cloud", "Microsoft Azure"),
    ];
}
