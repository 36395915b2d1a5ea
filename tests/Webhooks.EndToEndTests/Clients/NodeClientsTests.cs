using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Clients;

/// <summary>What subscribers have today accepts what the server sends: npm <c>standardwebhooks</c> and <c>svix</c>, unchanged.</summary>
public sealed class NodeClientsTests
{
    private const string Payload = """{ "invoice" : 42,  "amount":1.50, "big":1e2, "text":"\u00e9 é 漢字 🎉 \"\\/" , "list":[ ] }""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_WithAGivenSecret_IsVerifiedByTheLibraries()
    {
        await using var node = await NodeReceiver.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = await ApiWithApplicationAsync(home);
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var url = await node.ListenAsync("given", Secret, Cancel);
        await api.PostAsync("/app/acme/endpoint", new { url, secret = Secret }, HttpStatusCode.Created, Cancel);

        var message = await PublishAsync(api);

        ShouldBeVerified(await node.VerdictAsync(message, () => server.Output, Cancel));
    }

    [Fact]
    public async Task Delivery_WithASecretThatTheServerMade_IsVerifiedByTheLibraries()
    {
        await using var node = await NodeReceiver.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = await ApiWithApplicationAsync(home);
        var url = await node.ListenAsync("made", "", Cancel);
        var endpoint = await api.PostAsync("/app/acme/endpoint", new { url }, HttpStatusCode.Created, Cancel);
        var secret = await api.GetAsync($"/app/acme/endpoint/{endpoint.GetProperty("id").GetString()}/secret", Cancel);
        await node.ListenAsync("made", secret.GetProperty("key").GetString()!, Cancel);

        var message = await PublishAsync(api);

        ShouldBeVerified(await node.VerdictAsync(message, () => server.Output, Cancel));
    }

    private static async Task<Api> ApiWithApplicationAsync(ServerHome home)
    {
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        return api;
    }

    private static async Task<string> PublishAsync(Api api)
    {
        var json = $$"""{"eventType":"invoice.paid","payload":{{Payload}}}""";
        using var answer = await api.SendAsync(HttpMethod.Post, "/app/acme/msg", json, null, TimeSpan.FromSeconds(30), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetString()!;
    }

    private static void ShouldBeVerified(JsonElement verdict)
    {
        verdict.GetProperty("standardwebhooks").GetString().ShouldBe("valid");
        verdict.GetProperty("svix").GetString().ShouldBe("valid");
        verdict.GetProperty("body").GetString().ShouldBe(Payload);

        // A library that accepts anything would show nothing.
        verdict.GetProperty("standardwebhooksAltered").GetString()!.ShouldContain("No matching signature");
        verdict.GetProperty("svixAltered").GetString()!.ShouldContain("No matching signature");
    }
}
