using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Seeding;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Benchmarks.Processes;

/// <summary>Nodes of the real server on one PostgreSQL database, set up over their API.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    // What Npgsql counts: a batch of statements is one operation, and one round trip.
    private const string Operations = "db_client_operation_duration_seconds_count";

    private readonly List<string> _endpoints = [];

    private Cluster(IReadOnlyList<ServerProcess> nodes) => Nodes = nodes;

    public IReadOnlyList<ServerProcess> Nodes { get; }

    public static async Task<Cluster> StartAsync(DataFolder folder, SharedDatabase database, int count)
    {
        var nodes = new List<ServerProcess>();
        for (var i = 0; i < count; i++)
            nodes.Add(await ServerProcess.StartSharedAsync(folder.Path, database.Connection));
        return new Cluster(nodes);
    }

    /// <summary>Applications with an endpoint each.</summary>
    public async Task<IReadOnlyList<ApplicationId>> AddEndpointsAsync(int count, Uri url)
    {
        var applications = new List<ApplicationId>();
        for (var i = 0; i < count; i++)
        {
            var application = await PostAsync("/app", """{"name":"Benchmark"}""");
            var endpoint = await PostAsync($"/app/{application}/endpoint", $$"""{"url":"{{url}}"}""");
            _endpoints.Add($"/app/{application}/endpoint/{endpoint}");
            applications.Add(IdText.TryParse<ApplicationId>(application, out var id) ? id : throw new InvalidOperationException(application));
        }

        return applications;
    }

    /// <summary>Posts the same to an operation of every endpoint.</summary>
    public async Task ForAllAsync(string operation, string body)
    {
        foreach (var endpoint in _endpoints)
            await PostAsync($"{endpoint}/{operation}", body);
    }

    /// <summary>How many round trips to the database the drivers of all nodes made until now.</summary>
    public async Task<double> RoundTripsAsync()
    {
        var sum = 0.0;
        foreach (var node in Nodes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node.Address, "/metrics"));
            using var response = await Http.Client.SendAsync(request, CancellationToken.None);
            var lines = (await response.Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith(Operations, StringComparison.Ordinal)).ToList();
            if (lines.Count == 0)
                throw new InvalidOperationException($"The node does not tell {Operations}.");
            sum += lines.Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
        }

        return sum;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
    }

    /// <returns>The id of what was made; empty for none.</returns>
    private async Task<string> PostAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Nodes[0].Address, $"/api/v1{path}"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.ApiKey);
        using var response = await Http.Client.SendAsync(request, CancellationToken.None);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {text}");
        return text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
