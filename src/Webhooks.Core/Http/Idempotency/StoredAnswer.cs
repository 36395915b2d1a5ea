using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>An answer as bytes, so that the first and every repeated one are the same.</summary>
internal sealed class StoredAnswer(int statusCode, byte[] body) : IResult
{
    public int StatusCode => statusCode;

    /// <summary>UTF-8 JSON; empty for an answer without a body.</summary>
    public byte[] Body => body;

    public static StoredAnswer Of(object? result, JsonSerializerOptions json)
    {
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        var value = (inner as IValueHttpResult)?.Value;
        var status = (inner as IStatusCodeHttpResult)?.StatusCode
            ?? throw new InvalidOperationException($"{inner?.GetType().Name ?? "null"} says no status: return a typed result.");
        return new StoredAnswer(status, value is null ? [] : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = statusCode;
        if (body.Length == 0)
            return;

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
