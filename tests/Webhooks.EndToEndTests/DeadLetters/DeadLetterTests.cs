using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.DeadLetters;

/// <summary>From a subscriber that fails for the whole schedule to the person who sends it again once the subscriber is well.</summary>
public sealed class DeadLetterTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly int[] Schedule = [1];

    private int _status = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_DeadLetterOfASubscriberThatIsWellAgain_ArrivesUnderItsOldIdAndIsMarked()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        var endpoint = await SubscribeAsync(api, subscriber);
        var message = await PublishAsync(api);
        var letter = (await LettersAsync(api, "open", 1, server)).Single();
        (Text(letter, "msgId"), Text(letter, "reason")).ShouldBe((message, "rejected"));

        Volatile.Write(ref _status, 200);
        var replayed = await api.PostAsync($"/dead-letter/{Text(letter, "id")}/replay", new { }, HttpStatusCode.Accepted, Cancel);
        await ReceivedAsync(endpoint, 3, server);

        var received = endpoint.Received.OrderBy(request => request.Order).ToList();
        received.Select(request => (request.MessageId, request.Attempt, request.Replay))
            .ShouldBe([(message, 1, null), (message, 2, null), (message, 1, "true")]);
        received[2].PriorOutcome.ShouldBe(PriorOutcomes.Rejected);
        received.ShouldAllBe(request => request.Signature == VerificationResult.Valid);
        Text(replayed, "state").ShouldBe("replayed");
        await StandsAsync(api, message, "delivered", server);
        (await LettersAsync(api, "replayed", 1, server)).Select(l => Text(l, "id")).ShouldBe([Text(letter, "id")]);
    }

    [Fact]
    public async Task BulkReplay_Paced_SendsAllOneSecondAfterTheOther()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        var endpoint = await SubscribeAsync(api, subscriber);
        List<string> messages = [await PublishAsync(api), await PublishAsync(api), await PublishAsync(api)];
        await LettersAsync(api, "open", 3, server);

        Volatile.Write(ref _status, 200);
        var task = await api.PostAsync(
            "/dead-letter/replay", new { appId = "acme", ratePerSecond = 1 }, HttpStatusCode.Accepted, Cancel);
        await ReceivedAsync(endpoint, 9, server);

        endpoint.Received.Where(request => request.Replay == "true").OrderBy(request => request.Order).Select(request => request.MessageId)
            .ShouldBe(messages);
        await Eventually.TrueAsync(
            async cancel => Text(await api.GetAsync($"/background-task/{Text(task, "id")}", cancel), "state") == "finished",
            Soon, TimeSpan.FromMilliseconds(100), () => $"The task has not ended. The server printed:\n{server.Output}", Cancel);
        await LettersAsync(api, "replayed", 3, server);
    }

    private async Task<SubscribedEndpoint> SubscribeAsync(Api api, Subscriber subscriber)
    {
        var endpoint = subscriber.Add("orders", (_, _) => Task.FromResult(Volatile.Read(ref _status)));
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        await api.PostAsync(
            "/app/acme/endpoint", new { url = endpoint.Url, secret = endpoint.Secret, retryScheduleSeconds = Schedule },
            HttpStatusCode.Created, Cancel);
        return endpoint;
    }

    private static async Task<string> PublishAsync(Api api) => Text(
        await api.PostAsync("/app/acme/msg", new { eventType = "invoice.paid", payload = new { n = 1 } }, HttpStatusCode.Accepted, Cancel),
        "id");

    private static async Task<List<JsonElement>> LettersAsync(Api api, string state, int count, ServerProcess server)
    {
        List<JsonElement> letters = [];
        await Eventually.TrueAsync(
            async cancel =>
            {
                letters = [.. (await api.GetAsync($"/dead-letter?app_id=acme&state={state}", cancel)).GetProperty("data").EnumerateArray()];
                return letters.Count == count;
            },
            Soon, TimeSpan.FromMilliseconds(100), () => $"{letters.Count} are {state}. The server printed:\n{server.Output}", Cancel);
        return letters;
    }

    private static Task StandsAsync(Api api, string message, string state, ServerProcess server) => Eventually.TrueAsync(
        async cancel => Text((await api.GetAsync($"/app/acme/msg/{message}/endpoint", cancel)).GetProperty("data")[0], "state") == state,
        Soon, TimeSpan.FromMilliseconds(100), () => $"It is not {state}. The server printed:\n{server.Output}", Cancel);

    private static Task ReceivedAsync(SubscribedEndpoint endpoint, int count, ServerProcess server) => Eventually.TrueAsync(
        () => endpoint.Received.Count >= count, Soon,
        () => $"Received so far: {endpoint.Received.Count}. The server printed:\n{server.Output}", Cancel);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
