using System.Net;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Deliveries;

/// <summary>An endpoint that asks for order: a message that always fails stops its own key until it is parked, and no other.</summary>
public sealed class OrderedDeliveryTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly int[] Schedule = [1, 1, 1];

    private readonly TaskCompletionSource<string> _failing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _othersArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _requests;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_FirstOfAKeyAlwaysFails_OtherKeysFlowAndItsOwnGoesOnOnceItIsParked()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        var endpoint = subscriber.Add("ordered", AnswerAsync);
        await CreateAsync(api, endpoint);

        // A first delivery, so that the lane is wide enough for two: the second attempt of what fails is kept waiting below.
        List<string> b = [await PublishAsync(api, "b")];
        await ArrivedAsync(endpoint, b[0], server);
        List<string> a = [await PublishAsync(api, "a")];
        _failing.SetResult(a[0]);
        a.Add(await PublishAsync(api, "a"));
        for (var i = 0; i < 3; i++)
            b.Add(await PublishAsync(api, "b"));
        a.Add(await PublishAsync(api, "a"));

        await ArrivedAsync(endpoint, b[^1], server);
        _othersArrived.SetResult();
        await ArrivedAsync(endpoint, a[^1], server);

        var received = endpoint.Received.OrderBy(request => request.Order).ToList();
        received.Where(request => b.Contains(request.MessageId)).Select(request => (request.MessageId, request.Status))
            .ShouldBe(b.Select(id => (id, 200)));
        received.Where(request => a.Contains(request.MessageId)).Select(request => (request.MessageId, request.Attempt, request.Status))
            .ShouldBe([(a[0], 1, 500), (a[0], 2, 500), (a[1], 1, 200), (a[2], 1, 200)]);
        var parked = await api.GetAsync($"/app/acme/msg/{a[0]}/endpoint", Cancel);
        parked.GetProperty("data")[0].GetProperty("state").GetString().ShouldBe("held");
    }

    private async Task<int> AnswerAsync(string messageId, int attempt)
    {
        // The first message comes before there is one that fails.
        if (Interlocked.Increment(ref _requests) == 1 || messageId != await _failing.Task)
            return 200;
        if (attempt > 1)
            await _othersArrived.Task;
        return 500;
    }

    private static async Task CreateAsync(Api api, SubscribedEndpoint endpoint)
    {
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        await api.PostAsync(
            "/app/acme/endpoint",
            new
            {
                url = endpoint.Url, secret = endpoint.Secret, ordered = true, parkAfter = 2, retryScheduleSeconds = Schedule,
                attemptTimeoutSeconds = 25,
            },
            HttpStatusCode.Created, Cancel);
    }

    private static async Task<string> PublishAsync(Api api, string key)
    {
        var body = new { eventType = "invoice.paid", payload = new { key }, orderingKey = key };
        return (await api.PostAsync("/app/acme/msg", body, HttpStatusCode.Accepted, Cancel)).GetProperty("id").GetString()!;
    }

    private static Task ArrivedAsync(SubscribedEndpoint endpoint, string message, ServerProcess server) => Eventually.TrueAsync(
        () => endpoint.Received.Any(request => request.MessageId == message && request.Status == 200), Soon, () => server.Output, Cancel);
}
