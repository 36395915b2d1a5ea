using Microsoft.AspNetCore.Http;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Dashboard.Tests.Access;

public sealed class SecureCookiesTests
{
    [Theory]
    [InlineData("https", "webhooks.example.com", false, true)]
    [InlineData("http", "webhooks.example.com", false, true)]
    [InlineData("http", "webhooks.example.com", true, false)]
    [InlineData("http", "localhost:8080", false, false)]
    [InlineData("http", "127.0.0.1:8080", false, false)]
    [InlineData("http", "[::1]:8080", false, false)]
    [InlineData("http", "localhost.example.com", false, true)]
    public void IsSecure_SchemeAndHost_TravelsInTheClearOnlyOnThisMachine(string scheme, string host, bool isDevelopment, bool expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, new HostString(host));

        SecureCookies.IsSecure(request, isDevelopment).ShouldBe(expected);
    }
}
