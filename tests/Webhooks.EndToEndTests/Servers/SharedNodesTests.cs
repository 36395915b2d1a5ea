using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Servers;

/// <summary>Nodes that share a database are one service: what one takes another delivers, signed by the secrets that the first one keeps.</summary>
public sealed class SharedNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private Subscriber _subscriber = null!;
    private SharedDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        (_subscriber, _database) = (await Subscriber.StartAsync(Cancel), await SharedDatabase.CreateAsync(Cancel));

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        if (_subscriber is not null)
            await _subscriber.DisposeAsync();
    }

    [Fact]
    public async Task Publish_ToOneNodeThatDoesAll_IsDelivered()
    {
        var home = _database.NewHome();
        var node = await _database.StartReadyAsync(home, Cancel);
        var endpoint = await SubscribeAsync(ApiOf(home));

        await PublishAsync(ApiOf(home));

        await ArrivedAsync(endpoint, 1, node);
    }

    [Fact]
    public async Task Publish_ToANodeThatOnlyTakesRequests_IsSignedAndDeliveredByOneThatOnlyWorks()
    {
        var taking = _database.NewHome(("Webhooks__Roles", "Api"));
        var working = _database.NewHome(("Webhooks__Roles__0", "Worker"));
        await _database.StartReadyAsync(taking, Cancel);
        var endpoint = await SubscribeAsync(ApiOf(taking));
        await PublishAsync(ApiOf(taking));

        var worker = await _database.StartReadyAsync(working, Cancel);
        await ArrivedAsync(endpoint, 1, worker);
        await PublishAsync(ApiOf(taking));
        await ArrivedAsync(endpoint, 2, worker);

        using var refused = await ApiOf(working).SendAsync(HttpMethod.Get, "/app", null, null, Soon, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await RolesAsync(ApiOf(taking))).ShouldBe(["api", "worker"], ignoreOrder: true);
    }

    [Fact]
    public async Task Secret_MadeOnOneNode_IsReadOnTheOther()
    {
        var (first, second) = (_database.NewHome(), _database.NewHome());
        await _database.StartReadyAsync(first, Cancel);
        await _database.StartReadyAsync(second, Cancel);
        await SubscribeAsync(ApiOf(first));
        await ApiOf(first).PostAsync("/app/acme/endpoint", new { url = "https://example.com", uid = "made" }, HttpStatusCode.Created, Cancel);

        var made = await ApiOf(first).GetAsync("/app/acme/endpoint/made/secret", Cancel);
        var read = await ApiOf(second).GetAsync("/app/acme/endpoint/made/secret", Cancel);

        read.GetProperty("key").GetString().ShouldBe(made.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Uid_TakenOnBothNodesAtOnce_IsAConflictAndNeverAFault()
    {
        var homes = new[] { _database.NewHome(), _database.NewHome() };
        foreach (var home in homes)
            await _database.StartReadyAsync(home, Cancel);

        for (var round = 0; round < 10; round++)
        {
            var body = JsonSerializer.Serialize(new { name = "Acme", uid = $"acme-{round}" });
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            {
                using var answer = await ApiOf(homes[i % 2]).SendAsync(HttpMethod.Post, "/app", body, null, Soon, Cancel);
                return answer.StatusCode;
            }));

            answers.Order().ShouldBe([HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)]);
        }
    }

    private static Api ApiOf(ServerHome home) => new(home.Address, ServerHome.BootstrapKey);

    private async Task<SubscribedEndpoint> SubscribeAsync(Api api)
    {
        var endpoint = _subscriber.Add("shared", (_, _) => Task.FromResult(200));
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        await api.CreateEndpointAsync("acme", endpoint, Cancel);
        return endpoint;
    }

    private static Task<JsonElement> PublishAsync(Api api) =>
        api.PostAsync("/app/acme/msg", new { eventType = "invoice.paid", payload = new { id = 7 } }, HttpStatusCode.Accepted, Cancel);

    private static async Task<List<string>> RolesAsync(Api api) =>
    [
        .. (await api.GetAsync("/node", Cancel)).GetProperty("data").EnumerateArray()
            .SelectMany(node => node.GetProperty("roles").EnumerateArray()).Select(role => role.GetString()!),
    ];

    private static async Task ArrivedAsync(SubscribedEndpoint endpoint, int count, ServerProcess node)
    {
        await Eventually.TrueAsync(() => endpoint.Received.Count >= count, Soon, () => node.Output, Cancel);
        endpoint.Received.ShouldAllBe(request => request.Signature == VerificationResult.Valid);
    }
}
