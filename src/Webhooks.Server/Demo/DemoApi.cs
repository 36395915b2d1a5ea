using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Webhooks.Core;

namespace Webhooks.Server.Demo;

/// <summary>Calls the service's own API, through all that stands before its operations, without a socket.</summary>
internal sealed class DemoApi(RequestDelegate pipeline, IServiceProvider services, string key)
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethods.Get, path, null);

    public Task<JsonElement> PostAsync(string path, object? body = null) => SendAsync(HttpMethods.Post, path, body ?? new { });

    public Task<JsonElement> DeleteAsync(string path) => SendAsync(HttpMethods.Delete, path, null);

    /// <summary>The entries of a list's first page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await GetAsync(path)).GetProperty("data").EnumerateArray()];

    private async Task<JsonElement> SendAsync(string method, string path, object? body)
    {
        await using var scope = services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        Fill(context.Request, method, path, body);

        await pipeline(context);
        await context.Response.CompleteAsync();

        // What the demonstration asks for is right, or the demonstration is wrong: it must not go on beside a hole.
        var text = answer.ToArray();
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            throw new InvalidOperationException(
                $"{method} {path} was answered {context.Response.StatusCode}: {System.Text.Encoding.UTF8.GetString(text)}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private void Fill(HttpRequest request, string method, string path, object? body)
    {
        var parts = path.Split('?', 2);
        (request.Method, request.Scheme, request.Host) = (method, Uri.UriSchemeHttp, new HostString("localhost"));
        (request.Path, request.QueryString) = (WebhooksApi.Base + parts[0], new QueryString(parts.Length == 2 ? $"?{parts[1]}" : ""));
        request.Headers.Authorization = $"Bearer {key}";
        if (body is null)
            return;

        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json);
        (request.Body, request.ContentLength, request.ContentType) = (new MemoryStream(bytes), bytes.Length, "application/json");
    }
}
