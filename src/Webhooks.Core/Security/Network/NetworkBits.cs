using System.Net;
using System.Numerics;

namespace Webhooks.Core.Security.Network;

/// <summary>Whether a network holds an address, by its bits and within its own address family.</summary>
/// <remarks>
/// Not <see cref="IPNetwork.Contains"/>: since .NET 10 it takes an IPv4-mapped address for the IPv4 address inside, so ::ffff:0:0/96 would hold
/// none, and an IPv4 network would open IPv6 forms that nobody named.
/// </remarks>
internal static class NetworkBits
{
    public static bool Holds(this IPNetwork network, IPAddress address)
    {
        if (network.BaseAddress.AddressFamily != address.AddressFamily)
            return false;

        Span<byte> wanted = stackalloc byte[16];
        Span<byte> given = stackalloc byte[16];
        network.BaseAddress.TryWriteBytes(wanted, out _);
        address.TryWriteBytes(given, out var length);
        return SharedBits(wanted[..length], given[..length]) >= network.PrefixLength;
    }

    private static int SharedBits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var bytes = left.CommonPrefixLength(right);
        return bytes == left.Length ? bytes * 8 : bytes * 8 + BitOperations.LeadingZeroCount((uint)(left[bytes] ^ right[bytes])) - 24;
    }
}
