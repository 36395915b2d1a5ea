using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Webhooks.Core.Notifications.Acknowledgement;

/// <summary>
/// The page that a link in a notification leads to. Programs that look at links in messages (mail gateways, chat previews) only GET them,
/// so looking never acknowledges; the page's button does.
/// </summary>
internal static class AcknowledgementPage
{
    public const string Path = "/ack";

    // Nothing but the style sheet and the form's own address: no script, no frame, nothing from anywhere else.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapAcknowledgement(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(Path).AllowAnonymous().ExcludeFromDescription();
        pages.MapMethods("style.css", [HttpMethods.Get, HttpMethods.Head], Style);
        pages.MapMethods("{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);

        // No antiforgery token: it proves that a form comes from a page that the browser was shown, for those who act by a cookie. Here is
        // no cookie, and whoever can send this request has the token of the path, which is all that the page has, too.
        pages.MapPost("{token}", AcknowledgeAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(
        string token, HttpContext context, Acknowledgements acknowledgements, CancellationToken cancellationToken) =>
        Page(context, await acknowledgements.LookAsync(token, cancellationToken));

    private static async Task<IResult> AcknowledgeAsync(string token, HttpContext context, Acknowledgements acknowledgements) =>
        Page(context, await acknowledgements.AcknowledgeAsync(token, CancellationToken.None));

    private static IResult Page(HttpContext context, AcknowledgementView view)
    {
        SetHeaders(context.Response.Headers);
        context.Response.Headers.CacheControl = "no-store";
        var status = view.State == AcknowledgementState.Invalid ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return Results.Content(AcknowledgementHtml.Of(view.State, view.Incident, view.At), "text/html; charset=utf-8", statusCode: status);
    }

    private static IResult Style(HttpContext context)
    {
        SetHeaders(context.Response.Headers);
        return Results.Content(AcknowledgementHtml.StyleSheet, "text/css; charset=utf-8");
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer"; // the address is as good as a key
        headers["X-Robots-Tag"] = "noindex";
    }
}
