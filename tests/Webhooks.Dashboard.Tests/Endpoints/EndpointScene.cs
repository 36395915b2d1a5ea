using System.Net;
using Microsoft.Data.Sqlite;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Dashboard.Tests.Endpoints;

/// <summary>Real receivers, and endpoints that lead to them: each test has an application of its own.</summary>
internal sealed class EndpointScene(DashboardSite site) : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    public Subscriber Subscriber { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask StartAsync() => Subscriber = await Subscriber.StartAsync(Cancel);

    public ValueTask DisposeAsync() => Subscriber.DisposeAsync();

    public async Task<(string Application, SubscribedEndpoint Receiver)> EndpointAsync(string name)
    {
        var application = await IdAsync("/app", new { name = $"Application of {name}" });
        var receiver = Subscriber.Add(name, (_, _) => Task.FromResult(200));
        await site.Api.CreateEndpointAsync(application, receiver, Cancel);
        return (application, receiver);
    }

    public async Task<string> IdAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.Created) =>
        (await site.Api.PostAsync(path, body, expected, Cancel)).GetProperty("id").GetString()!;

    public Task<string> PauseAsync(string application, SubscribedEndpoint endpoint, string? note = null) =>
        IdAsync($"/app/{application}/endpoint/{endpoint.Id}/pause", new { note }, HttpStatusCode.OK);

    public async Task PublishAsync(string application, int count)
    {
        for (var number = 0; number < count; number++)
            await IdAsync($"/app/{application}/msg", new { eventType = "invoice.paid", payload = new { number } }, HttpStatusCode.Accepted);
    }

    public async Task FillAsync(string application, SubscribedEndpoint endpoint)
    {
        await PutAsync("/event-type/invoice.paid", """{"description": "An invoice was paid in full."}""");
        await PublishAsync(application, 4);
        await Eventually.TrueAsync(() => endpoint.Received.Count == 4, Soon, () => $"{endpoint.Received.Count} of 4 arrived.", Cancel);
        await PatchAsync($"/app/{application}", """{"throttleRate": 100, "metadata": {"plan": "gold"}}""");
        await PatchAsync(
            $"/app/{application}/endpoint/{endpoint.Id}",
            """
            {
              "description": "Order system", "eventTypes": ["invoice.paid"], "throttleRate": 50, "metadata": {"team": "billing"},
              "filter": {"and": [{"path": "$.number", "gte": 0}]}
            }
            """);
        var path = $"/app/{application}/endpoint/{endpoint.Id}";
        await PatchAsync($"{path}/headers", """{"headers": {"x-tenant": "acme", "authorization": "Bearer abc"}}""");
        await IdAsync($"{path}/bulk-replay", new { since = DateTimeOffset.UnixEpoch, dryRun = true }, HttpStatusCode.Accepted);
        var refusing = Subscriber.Add($"refusing-{endpoint.Name}", (_, _) => Task.FromResult(503));
        await site.Api.CreateEndpointAsync(application, refusing, Cancel);
        var paused = Subscriber.Add($"paused-{endpoint.Name}", (_, _) => Task.FromResult(200));
        await site.Api.CreateEndpointAsync(application, paused, Cancel);
        await PauseAsync(application, paused, "They move house");
        await PublishAsync(application, 2);
        await Eventually.TrueAsync(() => refusing.Received.Count > 0, Soon, () => "Nothing was refused.", Cancel);
    }

    private Task PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    private Task PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    private async Task SendAsync(HttpMethod method, string path, string json)
    {
        using var response = await site.Api.SendAsync(method, path, json, null, Soon, Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
    }

    // As if a worker had just moved the newest task on, and were about to do its next step: others leave it alone for a while.
    public async Task BringBackAsync(string progress)
    {
        await using var database = new SqliteConnection($"Data Source={site.Home.DatabaseFile}");
        await database.OpenAsync(Cancel);
        await using var command = database.CreateCommand();
        command.CommandText = """
            UPDATE background_tasks SET state = 0, finished_at = NULL, progress = $progress, updated_at = $now
            WHERE id = (SELECT MAX(id) FROM background_tasks)
            """;
        command.Parameters.AddWithValue("$progress", progress);
        command.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
        (await command.ExecuteNonQueryAsync(Cancel)).ShouldBe(1);
    }
}
