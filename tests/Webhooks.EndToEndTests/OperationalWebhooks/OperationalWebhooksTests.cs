using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.OperationalWebhooks;

/// <summary>From what happens at the real server to the signed message that tells of it.</summary>
public sealed class OperationalWebhooksTests
{
    private static readonly TimeSpan ToldWithin = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoint_CreatedUpdatedDisabledDeleted_IsTold()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var (api, told) = await ListeningAsync(home, subscriber);

        var id = await EndpointAsync(api, new { url = "http://127.0.0.1:9/", uid = "orders" });
        await SendAsync(api, HttpMethod.Patch, "/app/acme/endpoint/orders", """{"description":"Orders"}""");
        await SendAsync(api, HttpMethod.Patch, "/app/acme/endpoint/orders", """{"disabled":true}""");
        await SendAsync(api, HttpMethod.Delete, "/app/acme/endpoint/orders", null);
        await ToldAsync(told, 5, server);

        Types(told).ShouldBe(
            ["endpoint.created", "endpoint.updated", "endpoint.updated", "endpoint.disabled", "endpoint.deleted"], ignoreOrder: true);
        told.Received.ShouldAllBe(request => request.Signature == VerificationResult.Valid);
        foreach (var data in told.Received.Select(Data))
        {
            data.GetProperty("appId").GetString()!.ShouldStartWith("app_");
            (Text(data, "appUid"), Text(data, "endpointId"), Text(data, "endpointUid")).ShouldBe(("acme", id, "orders"));
        }

        Text(Data(Only(told, "endpoint.disabled")), "trigger").ShouldBe("manual");
    }

    [Fact]
    public async Task Deliveries_ThatFailRecoverAndEnd_AreTold()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var (api, told) = await ListeningAsync(
            home, subscriber, "message.attempt.failing", "message.attempt.recovered", "message.attempt.exhausted", "endpoint.disabled");
        var flaky = subscriber.Add("flaky", (_, attempt) => Task.FromResult(attempt < 5 ? 500 : 200));
        var dead = subscriber.Add("dead", (_, _) => Task.FromResult(500));
        var gone = subscriber.Add("gone", (_, _) => Task.FromResult(410));
        await SubscribeAsync(api, flaky, 1, 1, 1, 1, 1);
        await SubscribeAsync(api, dead, 1);
        await SubscribeAsync(api, gone, 60);

        var message = await api.PostAsync(
            "/app/acme/msg", new { eventType = "invoice.paid", payload = new { n = 1 }, eventId = "evt-1" }, HttpStatusCode.Accepted,
            Cancel);
        await ToldAsync(told, 4, server);

        Types(told).ShouldBe(
            ["endpoint.disabled", "message.attempt.exhausted", "message.attempt.failing", "message.attempt.recovered"], ignoreOrder: true);
        told.Received.ShouldAllBe(request => request.Signature == VerificationResult.Valid);
        ShouldBeAbout(Only(told, "message.attempt.failing"), flaky, message, status: 500);
        ShouldBeAbout(Only(told, "message.attempt.recovered"), flaky, message, status: 200);
        ShouldBeAbout(Only(told, "message.attempt.exhausted"), dead, message, status: 500);
        var disabled = Data(Only(told, "endpoint.disabled"));
        (Text(disabled, "endpointId"), Text(disabled, "trigger")).ShouldBe((gone.Id, "gone"));
    }

    private static async Task<(Api Api, SubscribedEndpoint Told)> ListeningAsync(
        ServerHome home, Subscriber subscriber, params string[] types)
    {
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        var told = subscriber.Add("operations", (_, _) => Task.FromResult(204));
        await api.PostAsync(
            "/operational-webhook/endpoint", new { url = told.Url, secret = told.Secret, eventTypes = types.Length > 0 ? types : null },
            HttpStatusCode.Created, Cancel);
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        return (api, told);
    }

    private static async Task SubscribeAsync(Api api, SubscribedEndpoint endpoint, params int[] retryScheduleSeconds) =>
        endpoint.Id = await EndpointAsync(api, new { url = endpoint.Url, secret = endpoint.Secret, retryScheduleSeconds });

    private static async Task<string> EndpointAsync(Api api, object body) =>
        Text(await api.PostAsync("/app/acme/endpoint", body, HttpStatusCode.Created, Cancel), "id")!;

    private static async Task SendAsync(Api api, HttpMethod method, string path, string? json)
    {
        using var answer = await api.SendAsync(method, path, json, null, ToldWithin, Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {answer.StatusCode}");
    }

    private static Task ToldAsync(SubscribedEndpoint told, int count, ServerProcess server) => Eventually.TrueAsync(
        () => told.Received.Count >= count, ToldWithin,
        () => $"Told so far: {string.Join(", ", Types(told))}. The server printed:\n{server.Output}", Cancel);

    private static void ShouldBeAbout(ReceivedRequest request, SubscribedEndpoint endpoint, JsonElement message, int status)
    {
        var data = Data(request);
        (Text(data, "appUid"), Text(data, "endpointId"), Text(data, "msgId"), Text(data, "msgEventId"))
            .ShouldBe(("acme", endpoint.Id, Text(message, "id"), "evt-1"));
        var attempt = data.GetProperty("lastAttempt");
        Text(attempt, "id")!.ShouldStartWith("atmpt_");
        attempt.GetProperty("responseStatusCode").GetInt32().ShouldBe(status);
        Time(attempt).ShouldBeGreaterThanOrEqualTo(Time(message));
    }

    private static ReceivedRequest Only(SubscribedEndpoint told, string type) => told.Received.Single(request => Type(request) == type);

    private static IEnumerable<string> Types(SubscribedEndpoint told) => told.Received.Select(Type);

    private static string Type(ReceivedRequest request) => Text(Json(request), "type")!;

    private static JsonElement Data(ReceivedRequest request) => Json(request).GetProperty("data");

    private static JsonElement Json(ReceivedRequest request) => JsonDocument.Parse(request.Body).RootElement;

    private static DateTimeOffset Time(JsonElement json) => json.GetProperty("timestamp").GetDateTimeOffset();

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
