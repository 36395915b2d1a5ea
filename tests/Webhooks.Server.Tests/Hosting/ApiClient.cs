using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Webhooks.Server.Tests.Hosting;

/// <summary>Calls the API as any client would: text in, text out. Paths are below /api/v1; one that starts with // is taken from the root.</summary>
public sealed record ApiClient(HttpMessageInvoker Http, Uri Address, string? Key)
{
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> PostAsync(string path, string? json = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, json, idempotencyKey);

    public Task<ApiAnswer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<ApiAnswer> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? json = null, string? idempotencyKey = null) =>
        SendAsync(method, path, json is null ? null : Encoding.UTF8.GetBytes(json), idempotencyKey);

    public Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, byte[]? body, string? idempotencyKey = null, string contentType = "application/json") =>
        SendAsync(method, path, body is null ? null : new ByteArrayContent(body), idempotencyKey, contentType);

    /// <summary>Posts a body whose length is not announced.</summary>
    public Task<ApiAnswer> SendChunkedAsync(string path, byte[] body) =>
        SendAsync(HttpMethod.Post, path, new StreamContent(new Unmeasured(body)), null, "application/json");

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, string? idempotencyKey, string contentType)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : "/api/v1" + path));
        if (Key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (content is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Content = content;

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer((int)response.StatusCode, text);
    }

    private sealed class Unmeasured(byte[] body) : MemoryStream(body)
    {
        public override bool CanSeek => false;
    }
}

/// <summary>What came back.</summary>
public sealed record ApiAnswer(int Status, string Text)
{
    public JsonElement Json { get; } = Text.StartsWith('{') is false ? default : JsonDocument.Parse(Text).RootElement.Clone();

    /// <summary>A member's text.</summary>
    public string this[string name] => Json.GetProperty(name).ToString();

    public string Id => this["id"];

    /// <summary>The faults of a 422 as <c>body.url: message</c>.</summary>
    public IReadOnlyList<string> Faults =>
        [.. Json.GetProperty("detail").EnumerateArray().Select(f =>
            string.Join('.', f.GetProperty("loc").EnumerateArray().Select(part => part.GetString())) + ": " + f.GetProperty("msg").GetString())];

    /// <summary>The entries of a list, by one member.</summary>
    public IReadOnlyList<string> List(string member) => [.. Json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty(member).ToString())];

    /// <summary>The answer, when it has that status; otherwise the test fails and shows the answer.</summary>
    public ApiAnswer Expect(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }
}
