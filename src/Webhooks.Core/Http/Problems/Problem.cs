using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Core.Http.Problems;

/// <summary>An error answer in the contract's words.</summary>
/// <param name="body"><see cref="HttpErrorOut"/>, or <see cref="HTTPValidationError"/> with 422.</param>
internal sealed class Problem(int statusCode, object body, TimeSpan? retryAfter = null) : IResult, IStatusCodeHttpResult, IValueHttpResult
{
    public int StatusCode => statusCode;

    int? IStatusCodeHttpResult.StatusCode => statusCode;

    public object Value => body;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = statusCode;
        if (retryAfter is { } wait)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        return httpContext.Response.WriteAsJsonAsync(body, body.GetType(), httpContext.RequestAborted);
    }
}
