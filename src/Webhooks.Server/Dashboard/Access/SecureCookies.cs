using System.Net;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>
/// No cookie of ours travels in the clear, also where a proxy forgot to say that people came by https. Only on this machine, and in
/// Development, plain http is as good.
/// </summary>
internal static class SecureCookies
{
    public static IApplicationBuilder UseSecureCookies(this WebApplication app)
    {
        var isDevelopment = app.Environment.IsDevelopment();
        return app.UseCookiePolicy(new CookiePolicyOptions
        {
            OnAppendCookie = cookie => cookie.CookieOptions.Secure = IsSecure(cookie.Context.Request, isDevelopment),
            OnDeleteCookie = cookie => cookie.CookieOptions.Secure = IsSecure(cookie.Context.Request, isDevelopment),
        });
    }

    public static bool IsSecure(HttpRequest request, bool isDevelopment) =>
        request.IsHttps || !(isDevelopment || IsLoopback(request.Host.Host));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
