using System.Net;
using System.Text.Json;
using Webhooks.Core.Deliveries;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.EndToEndTests.Load;

namespace Webhooks.EndToEndTests.BackgroundTasks;

/// <summary>A long task outlives its process: it goes on at the next start, and does nothing twice.</summary>
public sealed class InterruptedTaskTests : IAsyncLifetime
{
    private const string Application = "acme";
    private const int WarmUp = 100;
    private const int Failing = 4_000;
    private const int Publishers = 16;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(120);

    private readonly ServerHome _home = new();
    private Subscriber _subscriber = null!;
    private SubscribedEndpoint _endpoint = null!;
    private ServerProcess _server = null!;
    private volatile int _answer = 204;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Api Api => new(_home.Address, ServerHome.BootstrapKey);

    private Outbox Outbox => Outbox.OfFile(_home.DatabaseFile);

    [Fact]
    public async Task StopThenKill_DuringABigRecover_EachMessageIsSentAgainOnce()
    {
        await PublishAsync(WarmUp); // a lane widens with deliveries
        await EventuallyAsync(() => Count(DeliveryState.Delivered) == WarmUp);
        _answer = 400;
        await PublishAsync(Failing);
        await EventuallyAsync(() => Count(DeliveryState.Dead) == Failing);
        _answer = 204;

        var task = await RecoverAsync();
        await SentMoreThanAsync(task, 0);
        (await _server.StopAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBe(0, _server.Output);
        Outbox.IsTaskRunning().ShouldBeTrue("the stop met no task under way, so this shows nothing");
        var sent = Outbox.Deliveries().Count - WarmUp - Failing;
        await RestartAsync();
        await SentMoreThanAsync(task, sent);
        await _server.KillAsync();
        Outbox.IsTaskRunning().ShouldBeTrue("the kill met no task under way, so this shows nothing");
        await RestartAsync();

        await EventuallyAsync(() => !Outbox.IsTaskRunning() && Outbox.Unfinished([]) == 0);
        var finished = await Api.GetAsync($"/background-task/{task}", Cancel);
        (finished.GetProperty("status").GetString(), Sent(finished)).ShouldBe(("finished", Failing));
        EachFailedMessageWasSentAgainOnce();
    }

    private void EachFailedMessageWasSentAgainOnce()
    {
        var deliveries = Outbox.Deliveries();
        var failed = deliveries.Where(d => d.State == DeliveryState.Dead).Select(d => d.MessageId).ToHashSet();
        var again = deliveries.GroupBy(d => d.MessageId).Where(group => group.Count() > 1).ToList();

        failed.Count.ShouldBe(Failing);
        again.Select(group => group.Key).ToHashSet().SetEquals(failed).ShouldBeTrue("what failed, and only that, was sent again");
        again.ShouldAllBe(group => group.Count() == 2 && group.Count(d => d.State == DeliveryState.Delivered) == 1);
        deliveries.Select(d => d.Sequence).Order().ShouldBe(Enumerable.Range(1, WarmUp + 2 * Failing).Select(number => (long)number));
    }

    private async Task<string> RecoverAsync()
    {
        var body = new { since = TimeProvider.System.GetUtcNow().AddHours(-1) };
        var started = await Api.PostAsync($"/app/{Application}/endpoint/{_endpoint.Id}/recover", body, HttpStatusCode.Accepted, Cancel);
        return started.GetProperty("id").GetString()!;
    }

    private async Task PublishAsync(int count)
    {
        var left = count;
        var message = new { eventType = "order.paid", payload = new { } };
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await Api.PostAsync($"/app/{Application}/msg", message, HttpStatusCode.Accepted, Cancel);
        }));
    }

    /// <summary>Waits until the task under way has sent more than that.</summary>
    private Task SentMoreThanAsync(string task, int sent) => Eventually.TrueAsync(
        async cancellationToken => Sent(await Api.GetAsync($"/background-task/{task}", cancellationToken)) > sent, Within,
        TimeSpan.FromMilliseconds(2), () => $"The task does not go on. The server printed:\n{_server.Output}", Cancel);

    private static int Sent(JsonElement task) => task.GetProperty("data").GetProperty("sent").GetInt32();

    private int Count(DeliveryState state) => Outbox.Deliveries().Count(d => d.State == state);

    private Task EventuallyAsync(Func<bool> holds) => Eventually.TrueAsync(
        _ => Task.FromResult(holds()), Within, TimeSpan.FromMilliseconds(200),
        () => $"It does not come about. The server printed:\n{_server.Output}", Cancel);

    private async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _server = await ServerProcess.StartReadyAsync(_home, Cancel);
    }

    public async ValueTask InitializeAsync()
    {
        _home.Settings["Webhooks__Delivery__MaxInFlightPerEndpoint"] = "100";
        _home.Settings["Logging__LogLevel__Default"] = "Warning";
        _subscriber = await Subscriber.StartAsync(Cancel);
        _endpoint = _subscriber.Add("orders", (_, _) => Task.FromResult(_answer));
        _server = await ServerProcess.StartReadyAsync(_home, Cancel);
        await Api.PostAsync("/app", new { name = "Acme", uid = Application }, HttpStatusCode.Created, Cancel);
        await Api.CreateEndpointAsync(Application, _endpoint, Cancel);
        using var once = await Api.SendAsync(
            HttpMethod.Patch, $"/app/{Application}/endpoint/{_endpoint.Id}", """{"retryScheduleSeconds":[]}""", null, Within, Cancel);
        once.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _subscriber.DisposeAsync();
        _home.Dispose();
    }
}
