using Webhooks.Core.Deliveries;
using Webhooks.Core.Tests.Receivers;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>What a subscriber sees of an attempt.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private readonly SenderHarness _sender = new();
    private readonly HostileReceiver _receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Send_FirstAttempt_CarriesTheHeadersOfTheDesign()
    {
        var traceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var seen = await SendAsync(_sender.Request(_receiver.Url) with { TraceParent = traceParent });

        seen.Head.ShouldStartWith("POST /hook HTTP/1.1\r\n");
        seen.Header("content-type").ShouldBe("application/json");
        seen.Header("user-agent")!.ShouldMatch(@"^Webhooks/\d+\.\d+\.\d+");
        seen.Header("webhook-id").ShouldStartWith("msg_");
        seen.Header("idempotency-key").ShouldBe(seen.Header("webhook-id"));
        seen.Header("webhook-timestamp").ShouldBe("1772366400");
        seen.Header("webhook-attempt").ShouldBe("1");
        seen.Header("webhook-prior-outcome").ShouldBe("none");
        seen.Header("webhook-sequence").ShouldBe("7");
        seen.Header("traceparent").ShouldBe(traceParent);
    }

    [Fact]
    public async Task Send_Payload_ArrivesByteForByteAndVerifies()
    {
        byte[] payload = [.. "{ \"a\" :\t1.0e0, \"b\": \"\\u00e9\" }\r\n "u8];

        var seen = await SendAsync(_sender.Request(_receiver.Url) with { Payload = payload });

        seen.Body.ShouldBe(payload);
        SymmetricSecret.TryParse(SenderHarness.Secret, out var secret, out _).ShouldBeTrue();
        new WebhookVerifier([secret], _sender.Clock)
            .Verify(seen.Header("webhook-id"), seen.Header("webhook-timestamp"), seen.Header("webhook-signature"), seen.Body)
            .ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public async Task Send_NoPayloadBytes_IsDelivered()
    {
        var seen = await SendAsync(_sender.Request(_receiver.Url) with { Payload = ReadOnlyMemory<byte>.Empty });

        seen.Header("content-length").ShouldBe("0");
    }

    [Theory]
    [InlineData(nameof(AttemptOutcome.Rejected), "rejected")]
    [InlineData(nameof(AttemptOutcome.NotSent), "not-sent")]
    [InlineData(nameof(AttemptOutcome.Unknown), "unknown")]
    [InlineData(nameof(AttemptOutcome.Delivered), "unknown")]
    public async Task Send_LaterAttempt_TellsTheOneBefore(string prior, string header)
    {
        var seen = await SendAsync(_sender.Request(_receiver.Url) with { Number = 3, PriorOutcome = Enum.Parse<AttemptOutcome>(prior) });

        seen.Header("webhook-attempt").ShouldBe("3");
        seen.Header("webhook-prior-outcome").ShouldBe(header);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "true")]
    public async Task Send_Replay_IsMarked(bool isReplay, string? header)
    {
        var headers = _sender.ProtectHeaders(new() { ["webhook-replay"] = "forged" });

        var seen = await SendAsync(_sender.Request(_receiver.Url) with { IsReplay = isReplay, ProtectedHeaders = headers });

        seen.Header("webhook-replay").ShouldBe(header);
    }

    [Fact]
    public async Task Send_EndpointHeaders_AreAddedAndOverrideNoneOfOurs()
    {
        var headers = _sender.ProtectHeaders(new()
        {
            ["Authorization"] = "Bearer abc",
            ["x-name"] = "Zoë",
            ["Webhook-Id"] = "msg_forged",
            ["User-Agent"] = "forged",
            ["Idempotency-Key"] = "forged",
            ["traceparent"] = "forged",
            ["content-type"] = "text/plain",
            ["Expect"] = "100-continue",
            ["Host"] = "forged.test",
            ["x-split"] = "a\r\nwebhook-attempt: 99",
        });

        var seen = await SendAsync(_sender.Request(_receiver.Url) with { ProtectedHeaders = headers });

        seen.Header("authorization").ShouldBe("Bearer abc");
        seen.Header("x-name").ShouldBe("ZoÃ«"); // UTF-8, which the receiver shows as Latin-1
        seen.Header("content-type").ShouldBe("application/json");
        seen.Header("webhook-attempt").ShouldBe("1");
        seen.Head.ShouldNotContain("forged");
        seen.Head.ShouldNotContain("Expect");
        seen.Head.ShouldNotContain("x-split");
    }

    private async Task<RawRequest> SendAsync(AttemptRequest request)
    {
        (await _sender.SendAsync(request)).Outcome.ShouldBe(AttemptOutcome.Delivered);
        return await _receiver.NextRequestAsync(TestContext.Current.CancellationToken);
    }
}
