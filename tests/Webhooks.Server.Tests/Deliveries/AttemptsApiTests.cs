using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;
using static System.Text.Encoding;

namespace Webhooks.Server.Tests.Deliveries;

public sealed class AttemptsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Get_RejectedAttempt_ShowsTheContractsFieldsAndOurs()
    {
        var (app, message, endpoint) = await DeliveredToAsync();
        var id = await AttemptAsync(message, AttemptOutcome.Rejected, 503);

        var shown = (await host.Api.GetAsync($"/app/{app}/msg/{message}/attempt/{id}")).Expect(200);

        (shown["msgId"], shown["endpointId"], shown["url"]).ShouldBe((message, endpoint, "https://example.com/hook"));
        (shown["status"], shown["statusText"], shown["triggerType"]).ShouldBe(("2", "fail", "0"));
        (shown["responseStatusCode"], shown["response"], shown["responseDurationMs"]).ShouldBe(("503", "down", "42"));
        (shown["outcome"], shown["number"], shown["state"], shown["node"]).ShouldBe(("rejected", "1", "waiting", "node-1"));
        shown["nextAttempt"].ShouldStartWith("2026-");
        shown.Text.ShouldContain("\"durations\":{\"dns\":null,\"connect\":1.5,\"tls\":null,\"firstByte\":40,\"total\":42.001}");
        shown.Text.ShouldContain("\"responseHeaders\":[\"a: 1\",\"b: 2\"]");
    }

    [Fact]
    public async Task Get_ClosedByAReceipt_SaysSoAndShowsNoAnswer()
    {
        var (app, message, _) = await DeliveredToAsync();
        var id = await AttemptAsync(message, AttemptOutcome.Delivered, null, ReceiptAnswer.Processed);

        var shown = (await host.Api.GetAsync($"/app/{app}/msg/{message}/attempt/{id}")).Expect(200);

        (shown["statusText"], shown["outcome"], shown["responseStatusCode"]).ShouldBe(("success", "delivered", "0"));
        shown.Text.ShouldContain("\"receiptCheck\":{\"answer\":\"processed\",\"text\":\"It said so.\"}");
        var asked = await AttemptAsync(message, AttemptOutcome.Rejected, 500, ReceiptAnswer.NotProcessed);
        (await host.Api.GetAsync($"/app/{app}/msg/{message}/attempt/{asked}")).Expect(200).Text
            .ShouldContain("\"answer\":\"notProcessed\"");
        var never = await AttemptAsync(message, AttemptOutcome.Rejected, 500);
        (await host.Api.GetAsync($"/app/{app}/msg/{message}/attempt/{never}")).Expect(200).Text.ShouldContain("\"receiptCheck\":null");
    }

    [Fact]
    public async Task List_ByMessageAndByEndpoint_AreNewestFirstAndPaged()
    {
        var (app, message, endpoint) = await DeliveredToAsync();
        var first = await AttemptAsync(message, AttemptOutcome.NotSent, null);
        var second = await AttemptAsync(message, AttemptOutcome.Delivered, 200);

        (await IdsAsync($"msg/{message}")).ShouldBe([second, first]);
        (await IdsAsync($"endpoint/{endpoint}")).ShouldBe([second, first]);
        (await IdsAsync($"endpoint/{endpoint}?limit=1&iterator={second}")).ShouldBe([first]);
        (await IdsAsync($"msg/{message}?limit=1&iterator=-{first}")).ShouldBe([second]);

        async Task<IReadOnlyList<string>> IdsAsync(string path) => (await host.Api.GetAsync($"/app/{app}/attempt/{path}")).Expect(200).List("id");
    }

    [Theory]
    [InlineData("status=0", "delivered")]
    [InlineData("status=2", "unknown,rejected")]
    [InlineData("status=1", "")]
    [InlineData("status=3", "")]
    [InlineData("status_code_class=200", "delivered")]
    [InlineData("status_code_class=400", "rejected")]
    [InlineData("status_code_class=0", "unknown")]
    [InlineData("event_types=invoice.paid", "delivered,unknown,rejected")]
    [InlineData("event_types=other", "")]
    [InlineData("channel=c", "delivered,unknown,rejected")]
    [InlineData("channel=other", "")]
    [InlineData("before=2000-01-01T00:00:00Z", "")]
    [InlineData("after=2000-01-01T00:00:00Z", "delivered,unknown,rejected")]
    [InlineData("endpoint_id=the-endpoint", "delivered,unknown,rejected")]
    [InlineData("endpoint_id=another", "")]
    public async Task List_Filter_LeavesOutWhatDoesNotMatch(string filter, string outcomes)
    {
        var (app, message, _) = await DeliveredToAsync(",\"uid\":\"the-endpoint\"");
        await AttemptAsync(message, AttemptOutcome.Rejected, 404);
        await AttemptAsync(message, AttemptOutcome.Unknown, null);
        await AttemptAsync(message, AttemptOutcome.Delivered, 204);

        var list = (await host.Api.GetAsync($"/app/{app}/attempt/msg/{message}?{filter}")).Expect(200);

        string.Join(',', list.List("outcome")).ShouldBe(outcomes);
    }

    [Fact]
    public async Task List_WithoutContent_ShowsNoResponse()
    {
        var (app, message, _) = await DeliveredToAsync();
        await AttemptAsync(message, AttemptOutcome.Rejected, 500);

        var list = (await host.Api.GetAsync($"/app/{app}/attempt/msg/{message}?with_content=false")).Expect(200);

        list.Text.ShouldContain("\"response\":\"\",\"responseHeaders\":[]");
    }

    [Fact]
    public async Task Expunge_Content_ReplacesTheResponse()
    {
        var (app, message, _) = await DeliveredToAsync();
        var id = await AttemptAsync(message, AttemptOutcome.Rejected, 500);
        var path = $"/app/{app}/msg/{message}/attempt/{id}";

        (await host.Api.DeleteAsync($"{path}/content")).Expect(204).Text.ShouldBeEmpty();

        var shown = (await host.Api.GetAsync(path)).Expect(200);
        shown.Text.ShouldContain("\"response\":\"EXPUNGED\",\"responseHeaders\":[]");
        shown["responseStatusCode"].ShouldBe("500");
        (await host.Api.DeleteAsync($"/app/{await host.ApplicationAsync()}/msg/{message}/attempt/{id}/content")).Expect(404);
        (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/attempt/nonsense/content")).Expect(404);
    }

    [Fact]
    public async Task Get_OfAnotherApplication_IsNotFound()
    {
        var (app, message, endpoint) = await DeliveredToAsync();
        var id = await AttemptAsync(message, AttemptOutcome.Delivered, 200);
        var other = await host.ApplicationAsync();

        (await host.Api.GetAsync($"/app/{other}/msg/{message}/attempt/{id}")).Expect(404);
        (await host.Api.GetAsync($"/app/{other}/attempt/msg/{message}")).Expect(404);
        (await host.Api.GetAsync($"/app/{other}/attempt/endpoint/{endpoint}")).Expect(404);
        (await host.Api.GetAsync($"/app/{app}/msg/{message}/attempt/nonsense")).Expect(404);
    }

    private async Task<(string App, string Message, string Endpoint)> DeliveredToAsync(string more = "")
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app, more);
        return (app, await host.MessageAsync(app, more: ",\"channels\":[\"c\"]"), endpoint);
    }

    private async Task<string> AttemptAsync(
        string message, AttemptOutcome outcome, int? statusCode, ReceiptAnswer? receipt = null)
    {
        IdText.TryParse<MessageId>(message, out var messageId).ShouldBeTrue();
        var id = host.Ids.New<AttemptId>();
        await host.WriteAsync(db =>
        {
            var delivery = db.Deliveries.Single(d => d.MessageId == messageId);
            db.Attempts.Add(new Attempt
            {
                Id = id,
                DeliveryId = delivery.Id,
                MessageId = messageId,
                EndpointId = delivery.EndpointId,
                Number = 1,
                TriggerType = AttemptTrigger.Scheduled,
                StartedAt = host.Clock.GetUtcNow(),
                Outcome = outcome,
                Url = "https://example.com/hook",
                StatusCode = statusCode,
                ConnectMicroseconds = 1_500,
                FirstByteMicroseconds = 40_000,
                TotalMicroseconds = 42_001,
                ResponseHeaders = "a: 1\nb: 2",
                ResponseBody = UTF8.GetBytes("down"),
                ReceiptAnswer = receipt,
                ReceiptText = receipt is null ? null : "It said so.",
                Node = "node-1",
            });
        });
        return id.ToString();
    }
}
