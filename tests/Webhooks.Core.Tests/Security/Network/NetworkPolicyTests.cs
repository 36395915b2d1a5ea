using System.Net;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Tests.Security.Network;

public sealed class NetworkPolicyTests
{
    private static readonly NetworkPolicy Closed = new([]);

    public static TheoryData<string> RegistryNetworks() =>
        [.. SpecialPurposeIPv4.Ranges.Concat(SpecialPurposeIPv6.Ranges).Select(range => range.Network.ToString())];

    [Theory]
    [MemberData(nameof(RegistryNetworks))]
    public void FindBlock_FirstAndLastAddressOfARange_AreBlocked(string cidr)
    {
        var network = IPNetwork.Parse(cidr);

        Closed.FindBlock(network.BaseAddress).ShouldNotBeNull();
        Closed.FindBlock(LastOf(network)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.1.255")]
    [InlineData("192.0.3.0")]
    [InlineData("192.31.195.255")]
    [InlineData("192.31.197.0")]
    [InlineData("192.52.192.255")]
    [InlineData("192.52.194.0")]
    [InlineData("192.88.98.255")]
    [InlineData("192.88.100.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("192.175.47.255")]
    [InlineData("192.175.49.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("198.51.99.255")]
    [InlineData("198.51.101.0")]
    [InlineData("203.0.112.255")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2000::")]
    [InlineData("2001:200::")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::")]
    [InlineData("2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2003::")]
    [InlineData("2620:4f:7fff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2620:4f:8001::")]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff:1000::")]
    public void FindBlock_AddressJustOutsideARange_IsAllowed(string address) =>
        Closed.FindBlock(IPAddress.Parse(address)).ShouldBeNull();

    [Theory]
    [InlineData("169.254.169.254", "link local, cloud metadata")]
    [InlineData("100.100.100.200", "shared address space of carriers")]
    [InlineData("192.0.0.192", "IETF protocol assignments")]
    [InlineData("fd00:ec2::254", "unique local")]
    [InlineData("255.255.255.255", "limited broadcast")]
    [InlineData("::ffff:8.8.8.8", "IPv4-mapped")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo")]
    [InlineData("2001:1::1", "IETF protocol assignments")]
    [InlineData("fe80::1%3", "link local")]
    [InlineData("4000::1", "not global unicast")]
    public void FindBlock_SpecialAddress_NamesTheMostSpecificRange(string address, string purpose) =>
        Closed.FindBlock(IPAddress.Parse(address)).ShouldNotBeNull().Purpose.ShouldBe(purpose);

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3")]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    [InlineData("::1/128", "::1")]
    [InlineData("fd00::/8", "fd12::1")]
    [InlineData("64:ff9b::/96", "64:ff9b::8.8.8.8")]
    [InlineData("2002::/16", "2002:808:808::1")]
    [InlineData("64:ff9b:1::/48", "64:ff9b:1::a00:1")]
    public void FindBlock_OpenedNetwork_IsAllowed(string opened, string address) =>
        Opened(opened).FindBlock(IPAddress.Parse(address)).ShouldBeNull();

    [Theory]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1")]
    [InlineData("10.0.0.0/8", "192.168.0.1")]
    [InlineData("::ffff:0:0/96", "::ffff:127.0.0.1")]
    [InlineData("::ffff:0:0:0/96", "::ffff:0:127.0.0.1")]
    [InlineData("::/96", "::127.0.0.1")]
    [InlineData("64:ff9b::/96", "64:ff9b::169.254.169.254")]
    [InlineData("2002::/16", "2002:7f00:1::1")]
    [InlineData("2001::/32", "2001:0:7f00:1::f7f7:f7f7")]
    [InlineData("2001::/32", "2001:0:808:808::80ff:fffe")]
    public void FindBlock_OpenedNetwork_OpensNothingElseAndNothingInside(string opened, string address) =>
        Opened(opened).FindBlock(IPAddress.Parse(address)).ShouldNotBeNull();

    [Theory]
    [InlineData("2a00::5efe:a00:1")]
    [InlineData("2a00::200:5efe:7f00:1")]
    public void FindBlock_IsatapWithAPrivateAddressInside_IsBlocked(string address) =>
        Closed.FindBlock(IPAddress.Parse(address)).ShouldNotBeNull();

    private static NetworkPolicy Opened(string network) => new(AllowedNetworks.Parse([network]));

    private static IPAddress LastOf(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }
}
