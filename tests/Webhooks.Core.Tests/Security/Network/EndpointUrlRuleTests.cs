using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Tests.Security.Network;

public sealed class EndpointUrlRuleTests
{
    private const string Special = "special-purpose";
    private const string Neither = "neither a host name nor an IP address";
    private const string Ascii = "in ASCII";
    private const string Local = "this machine itself";
    private const string Absolute = "must be absolute";
    private const string Scheme = "must use https or http";
    private const string Blank = "blanks or control characters";

    private static readonly EndpointUrlRule Rule = new(new NetworkPolicy([]), requireHttps: false);

    [Theory]
    [InlineData("https://example.com/webhooks")]
    [InlineData("http://example.com:8080/a?b=c")]
    [InlineData("https://EXAMPLE.com./")]
    [InlineData("https://a_b.example.com/")]
    [InlineData("https://xn--mnchen-3ya.de/")]
    [InlineData("https://intranet/hook")]
    [InlineData("https://1.example.com/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://127.0.0.1.example.com/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://134744072/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://example.com/%23/%20")]
    public void FindFault_PublicUrl_IsNull(string url) => Rule.FindFault(url).ShouldBeNull();

    [Theory]
    // Loopback, in the spellings that inet_aton and browsers accept.
    [InlineData("http://127.0.0.1/", Special)]
    [InlineData("http://127.1/", Special)]
    [InlineData("http://127.0.1/", Special)]
    [InlineData("http://2130706433/", Special)]
    [InlineData("http://0177.0.0.1/", Special)]
    [InlineData("http://017700000001/", Special)]
    [InlineData("http://0x7f000001/", Special)]
    [InlineData("http://0x7F.1/", Special)]
    [InlineData("http://0x7f.0x0.0x0.0x1/", Special)]
    [InlineData("http://0177.0x0.0.01/", Special)]
    [InlineData("http://127.0.0.01/", Special)]
    [InlineData("http://127.0.0.1./", Special)]
    [InlineData("http://127.1./", Special)]
    [InlineData("http://127.0.0.1:80/", Special)]
    [InlineData("http://127.255.255.254/", Special)]
    [InlineData("http://@127.0.0.1/", Special)]
    // This network, private use, link local, carriers, broadcast, multicast, reserved.
    [InlineData("http://0/", Special)]
    [InlineData("http://0.0.0.0/", Special)]
    [InlineData("http://0x0/", Special)]
    [InlineData("http://00000000000/", Special)]
    [InlineData("http://0.1/", Special)]
    [InlineData("http://10.0.0.1/", Special)]
    [InlineData("http://167772161/", Special)]
    [InlineData("http://012.1/", Special)]
    [InlineData("http://172.16.0.1/", Special)]
    [InlineData("http://172.31.255.255/", Special)]
    [InlineData("http://0xac.0x10.1/", Special)]
    [InlineData("http://192.168.1.1/", Special)]
    [InlineData("http://3232235777/", Special)]
    [InlineData("http://100.64.0.1/", Special)]
    [InlineData("http://198.18.0.1/", Special)]
    [InlineData("http://224.0.0.1/", Special)]
    [InlineData("http://240.0.0.1/", Special)]
    [InlineData("http://255.255.255.255/", Special)]
    [InlineData("http://4294967295/", Special)]
    // Metadata services.
    [InlineData("http://169.254.169.254/latest/meta-data/", Special)]
    [InlineData("http://2852039166/", Special)]
    [InlineData("http://0xa9fea9fe/", Special)]
    [InlineData("http://0251.0376.0251.0376/", Special)]
    [InlineData("http://169.254.43518/", Special)]
    [InlineData("http://[::ffff:169.254.169.254]/", Special)]
    [InlineData("http://[::ffff:a9fe:a9fe]/", Special)]
    [InlineData("http://[fd00:ec2::254]/", Special)]
    [InlineData("http://100.100.100.200/", Special)]
    [InlineData("http://192.0.0.192/", Special)]
    [InlineData("http://168.63.129.16/", Special)]
    // IPv6 and what hides in it.
    [InlineData("http://[::1]/", Special)]
    [InlineData("http://[0:0:0:0:0:0:0:1]/", Special)]
    [InlineData("http://[::]/", Special)]
    [InlineData("http://[::127.0.0.1]/", Special)]
    [InlineData("http://[::ffff:127.0.0.1]/", Special)]
    [InlineData("http://[::ffff:7f00:1]/", Special)]
    [InlineData("http://[0:0:0:0:0:ffff:7f00:0001]/", Special)]
    [InlineData("http://[::ffff:0:127.0.0.1]/", Special)]
    [InlineData("http://[64:ff9b::7f00:1]/", Special)]
    [InlineData("http://[64:ff9b:1::a00:1]/", Special)]
    [InlineData("http://[2002:7f00:1::]/", Special)]
    [InlineData("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", Special)]
    [InlineData("http://[2001:db8::1]/", Special)]
    [InlineData("http://[fc00::1]/", Special)]
    [InlineData("http://[fe80::1]/", Special)]
    [InlineData("http://[fe80::1%25eth0]/", "zone id")]
    [InlineData("http://[fe80::1%eth0]/", "zone id")]
    [InlineData("http://[fec0::1]/", Special)]
    [InlineData("http://[ff02::1]/", Special)]
    [InlineData("http://[5f00::1]/", Special)]
    [InlineData("http://[100::1]/", Special)]
    [InlineData("http://[2a00::5efe:127.0.0.1]/", Special)]
    // Names of this machine, in any case, with and without the trailing dot.
    [InlineData("http://localhost/", Local)]
    [InlineData("http://LOCALHOST/", Local)]
    [InlineData("http://localhost./", Local)]
    [InlineData("http://foo.localhost/", Local)]
    [InlineData("http://localhost.localdomain/", Local)]
    [InlineData("http://ip6-loopback/", Local)]
    // Hosts that end in a number and are no address: resolvers differ on them.
    [InlineData("http://256.1.1.1/", Neither)]
    [InlineData("http://4294967296/", Neither)]
    [InlineData("http://0x100000000/", Neither)]
    [InlineData("http://1.2.3.4.5/", Neither)]
    [InlineData("http://127.0.0.0x/", Neither)]
    [InlineData("http://08.0.0.1/", Neither)]
    [InlineData("http://example.1/", Neither)]
    [InlineData("http://-a.com/", Neither)]
    // Unicode that some software folds to ASCII.
    [InlineData("http://１２７.0.0.1/", Ascii)]
    [InlineData("http://127。0。0。1/", Ascii)]
    [InlineData("http://①②⑦.0.0.1/", Ascii)]
    [InlineData("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", Ascii)]
    [InlineData("http://loc\u00adalhost/", Ascii)]
    [InlineData("http://münchen.de/", Ascii)]
    // Parser tricks.
    [InlineData("http://example.com@127.0.0.1/", "user name")]
    [InlineData("http://user:secret@example.com/", "user name")]
    [InlineData("http://example.com#@127.0.0.1/", "fragment")]
    [InlineData("https://example.com/#", "fragment")]
    [InlineData("http://127.0.0.1\\@example.com/", Absolute)]
    [InlineData("http:\\\\127.0.0.1\\x", Absolute)]
    [InlineData("http://127.0.0.1%00.example.com/", Absolute)]
    [InlineData("http://%31%32%37.0.0.1/", Absolute)]
    [InlineData("http://127.0.0.1../", Absolute)]
    [InlineData("http://[::1/", Absolute)]
    [InlineData("http://example.com:99999/", Absolute)]
    [InlineData("http://example.com:0/", "port 0")]
    [InlineData("http:///path", Absolute)]
    [InlineData("http:example.com", Absolute)]
    [InlineData("example.com/path", Absolute)]
    [InlineData("/path", Absolute)]
    [InlineData("", Absolute)]
    [InlineData(" http://example.com/", Blank)]
    [InlineData("http://example.com/\r\nx", Blank)]
    [InlineData("http://exa mple.com/", Blank)]
    [InlineData("//example.com/", Scheme)]
    [InlineData("ftp://example.com/", Scheme)]
    [InlineData("file://example.com/etc/passwd", Scheme)]
    [InlineData("gopher://example.com/", Scheme)]
    [InlineData("ws://example.com/", Scheme)]
    public void FindFault_TrickyUrl_NamesTheRule(string url, string rule) => Rule.FindFault(url).ShouldNotBeNull().ShouldContain(rule);

    [Theory]
    [InlineData("http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000/")]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://foo.localhost/")]
    public void FindFault_LoopbackOpened_IsNull(string url) =>
        new EndpointUrlRule(new NetworkPolicy(AllowedNetworks.Parse(NetworkPolicy.LoopbackNetworks)), requireHttps: false).FindFault(url).ShouldBeNull();

    [Fact]
    public void FindFault_HttpWhereHttpsIsRequired_SaysSo() =>
        new EndpointUrlRule(new NetworkPolicy([]), requireHttps: true).FindFault("http://example.com/").ShouldNotBeNull().ShouldContain("must use https:");
}
