using Microsoft.Extensions.Options;
using Webhooks.Server.Portal;

namespace Webhooks.Server.Dashboard;

/// <summary>
/// What browsers must not do with our pages. Scripts come from our files only. Styles may stand in the page, because the components set
/// widths and colours there; nothing that a user typed gets into them.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next, IOptions<PortalOptions> portal)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'self'; object-src 'none'; img-src 'self' data:";

    private readonly string _portalFrames = string.Join(' ', portal.Value.AllowedOrigins.Prepend("'self'"));
    private readonly string? _logo = portal.Value.LogoUrl is { } logo ? new Uri(logo).GetLeftPart(UriPartial.Authority) : null;

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isPortal = context.Request.Path.StartsWithSegments(PortalPages.Path);
        headers.ContentSecurityPolicy = isPortal
            ? $"{ContentSecurityPolicy} {_logo}; frame-ancestors {_portalFrames}"
            : $"{ContentSecurityPolicy}; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = isPortal ? "no-referrer" : "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (!isPortal)
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }
}
