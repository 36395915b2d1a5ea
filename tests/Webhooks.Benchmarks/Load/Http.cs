using System.Net.Http.Headers;

namespace Webhooks.Benchmarks.Load;

/// <summary>The one bare client: the handler and nothing around it.</summary>
internal static class Http
{
    public static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Posts and reads the answer to its end. Returns the status.</summary>
    public static async Task<int> PostAsync(Uri url, byte[] body, AuthenticationHeaderValue? authorization = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        request.Headers.Authorization = authorization;
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        using var response = await Client.SendAsync(request, CancellationToken.None);
        await response.Content.CopyToAsync(Stream.Null);
        return (int)response.StatusCode;
    }
}
