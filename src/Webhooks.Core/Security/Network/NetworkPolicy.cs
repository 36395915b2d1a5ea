using System.Net;
using System.Net.Sockets;

namespace Webhooks.Core.Security.Network;

/// <summary>Which addresses a delivery may go to: every public one, and the special-purpose networks that the operator opens.</summary>
internal sealed class NetworkPolicy(IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>What Development opens, so that a receiver on the developer's own machine works.</summary>
    public static readonly IReadOnlyList<string> LoopbackNetworks = ["127.0.0.0/8", "::1/128"];

    /// <summary>The range that forbids the address, or null when a delivery may go there.</summary>
    public SpecialPurposeRange? FindBlock(IPAddress address)
    {
        if (FindRange(address) is { } range && !IsOpened(address))
            return range;

        // An opened tunnel or translator must not become the way around the rule for what lies behind it.
        foreach (var inner in EmbeddedIPv4.Within(address))
        {
            if (FindBlock(inner) is { } innerRange)
                return innerRange;
        }

        return null;
    }

    /// <summary>Whether this machine itself may be delivered to.</summary>
    public bool AllowsLoopback => FindBlock(IPAddress.Loopback) is null || FindBlock(IPAddress.IPv6Loopback) is null;

    private static SpecialPurposeRange? FindRange(IPAddress address)
    {
        var ranges = address.AddressFamily == AddressFamily.InterNetwork ? SpecialPurposeIPv4.Ranges : SpecialPurposeIPv6.Ranges;
        foreach (var range in ranges)
        {
            if (range.Network.Holds(address))
                return range;
        }

        return null;
    }

    private bool IsOpened(IPAddress address)
    {
        foreach (var network in allowed)
        {
            if (network.Holds(address))
                return true;
        }

        return false;
    }
}
