using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Deliveries;

/// <summary>A subscriber that reads and never answers is asked whether it has the message, before that is sent again.</summary>
public sealed class ReceiptTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly int[] Schedule = [1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resend_ReceiptSaysProcessed_IsDeliveredWithoutASecondRequest()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        var scene = await PublishAsync(api, subscriber, """{"status":"processed"}""");

        await StandsAsync(api, scene.Message, "delivered", server);

        scene.Posts.ShouldBe([1]);
        var attempts = (await api.GetAsync($"/app/acme/attempt/msg/{scene.Message}", Cancel)).GetProperty("data");
        attempts.EnumerateArray().Select(a => a.GetProperty("outcome").GetString()).ShouldBe(["delivered", "unknown"]);
        attempts[0].GetProperty("receiptCheck").GetProperty("answer").GetString().ShouldBe("processed");
        attempts[0].GetProperty("responseStatusCode").GetInt32().ShouldBe(0);
        var receipt = scene.Receipts.ShouldHaveSingleItem();
        (receipt.Id, receipt.Signature).ShouldBe((scene.Message, VerificationResult.Valid));
        (await api.GetAsync("/app/acme/unknown-outcome/count", Cancel)).GetProperty("receipt").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Resend_ReceiptDoesNotKnowIt_IsSentAgainAndSaysThatItMayBeThere()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        var scene = await PublishAsync(api, subscriber, receipt: null);

        await StandsAsync(api, scene.Message, "delivered", server);

        scene.Posts.ShouldBe([1, 2]);
        scene.Receipts.Count.ShouldBe(1);
        scene.Endpoint.Received.Single(request => request.Attempt == 2).PriorOutcome.ShouldBe(PriorOutcomes.Unknown);
        var attempts = (await api.GetAsync($"/app/acme/attempt/msg/{scene.Message}", Cancel)).GetProperty("data");
        attempts[0].GetProperty("receiptCheck").GetProperty("answer").GetString().ShouldBe("notProcessed");
        (await api.GetAsync("/unknown-outcome/count?app_id=acme", Cancel)).GetProperty("delivered").GetInt32().ShouldBe(1);
    }

    /// <param name="receipt">What the receipt URL answers with 200; null for 404.</param>
    private static async Task<Scene> PublishAsync(Api api, Subscriber subscriber, string? receipt)
    {
        var posts = new ConcurrentQueue<int>();
        var receipts = new ConcurrentQueue<AskedReceipt>();
        var endpoint = subscriber.Add("orders", async (_, attempt) =>
        {
            posts.Enqueue(attempt);
            if (attempt == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancel); // has read it all, and never answers
            return 200;
        });
        var receiptUrl = subscriber.AddRaw("receipt", async context =>
        {
            receipts.Enqueue(AskedReceipt.Of(context.Request, endpoint.Secret));
            context.Response.StatusCode = receipt is null ? 404 : 200;
            await context.Response.WriteAsync(receipt ?? "", context.RequestAborted);
        });
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        await api.PostAsync(
            "/app/acme/endpoint",
            new { url = endpoint.Url, secret = endpoint.Secret, receiptUrl, retryScheduleSeconds = Schedule, attemptTimeoutSeconds = 1 },
            HttpStatusCode.Created, Cancel);
        var message = await api.PostAsync(
            "/app/acme/msg", new { eventType = "invoice.paid", payload = new { n = 1 } }, HttpStatusCode.Accepted, Cancel);
        return new Scene(Text(message, "id"), endpoint, posts, receipts);
    }

    private static Task StandsAsync(Api api, string message, string state, ServerProcess server) => Eventually.TrueAsync(
        async cancel => Text((await api.GetAsync($"/app/acme/msg/{message}/endpoint", cancel)).GetProperty("data")[0], "state") == state,
        Soon, TimeSpan.FromMilliseconds(100), () => $"It is not {state}. The server printed:\n{server.Output}", Cancel);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private sealed record Scene(
        string Message, SubscribedEndpoint Endpoint, IReadOnlyCollection<int> Posts, IReadOnlyCollection<AskedReceipt> Receipts);

    private sealed record AskedReceipt(string Id, VerificationResult Signature)
    {
        public static AskedReceipt Of(HttpRequest request, string secretText)
        {
            SymmetricSecret.TryParse(secretText, out var secret, out _).ShouldBeTrue();
            return new(
                request.Query["id"].ToString(),
                new WebhookVerifier([secret], TimeProvider.System).Verify(
                    request.Headers[WebhookHeaders.Id], request.Headers[WebhookHeaders.Timestamp],
                    request.Headers[WebhookHeaders.Signature], []));
        }
    }
}
