using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>Calls the server as a client does.</summary>
internal sealed class Api(Uri address, string key)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body), null, TimeLimit, cancellationToken);
        return await ReadAsync(response, expected, cancellationToken);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, null, TimeLimit, cancellationToken);
        return await ReadAsync(response, HttpStatusCode.OK, cancellationToken);
    }

    /// <summary>All of a list, page by page.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var (all, iterator) = (new List<JsonElement>(), "");
        while (true)
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync($"{path}{separator}limit=250{iterator}", cancellationToken);
            all.AddRange(page.GetProperty("data").EnumerateArray());
            if (page.GetProperty("done").GetBoolean())
                return all;
            iterator = $"&iterator={page.GetProperty("iterator").GetString()}";
        }
    }

    /// <summary>Makes the endpoint and gives it its id.</summary>
    public async Task CreateEndpointAsync(string application, SubscribedEndpoint endpoint, CancellationToken cancellationToken)
    {
        var created = await PostAsync(
            $"/app/{application}/endpoint",
            new
            {
                url = endpoint.Url,
                secret = endpoint.Secret,
                eventTypes = endpoint.EventType is { } type ? new[] { type } : null,
                maxInFlight = endpoint.MaxInFlight,
            },
            HttpStatusCode.Created, cancellationToken);
        endpoint.Id = created.GetProperty("id").GetString()!;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? json, string? idempotencyKey, TimeSpan within, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, $"/api/v1{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within);
        return await TestHttp.Client.SendAsync(request, limit.Token);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        response.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
