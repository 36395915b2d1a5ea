using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>What a receipt URL is asked, and what each thing that can stand there is taken for: one answer alone spares the request.</summary>
public sealed class ReceiptCheckTests : IDisposable
{
    private const string Processed = "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"status\":\"processed\"}";

    private readonly SenderHarness _sender = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task Ask_SaysProcessed_IsProcessed()
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Processed));

        (await _sender.AskAsync(receiver.Url)).ShouldBe(ReceiptFinding.Processed);
    }

    [Fact]
    public async Task Ask_NotFound_IsNotProcessed()
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));

        (await _sender.AskAsync(receiver.Url)).ShouldBe(ReceiptFinding.NotProcessed);
    }

    [Theory]
    [InlineData("/hook", "/hook?id=")]
    [InlineData("/hook?tenant=a%20b", "/hook?tenant=a%20b&id=")]
    public async Task Ask_OnTheWire_IsASignedGetWithTheMessagesId(string path, string seenPath)
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Processed));
        var request = _sender.Request("https://subscriber.test/") with
        {
            ProtectedHeaders = _sender.ProtectHeaders(new() { ["authorization"] = "Basic of-the-endpoint" }),
        };

        await _sender.AskAsync(request, receiver.Url.Replace("/hook", path, StringComparison.Ordinal));

        var seen = await receiver.NextRequestAsync(Cancel);
        seen.Head.ShouldStartWith($"GET {seenPath}{request.MessageId} HTTP/1.1\r\n");
        (seen.Header("webhook-id"), seen.Header("content-length"), seen.Header("authorization"))
            .ShouldBe(($"{request.MessageId}", null, null));
        SymmetricSecret.TryParse(SenderHarness.Secret, out var secret, out _).ShouldBeTrue();
        new WebhookVerifier([secret], _sender.Clock)
            .Verify(seen.Header("webhook-id"), seen.Header("webhook-timestamp"), seen.Header("webhook-signature"), [])
            .ShouldBe(VerificationResult.Valid);
    }

    [Theory]
    [InlineData("200 OK", "")]
    [InlineData("200 OK", "processed")]
    [InlineData("200 OK", "\"processed\"")]
    [InlineData("200 OK", "[{\"status\":\"processed\"}]")]
    [InlineData("200 OK", "{\"status\":\"Processed\"}")]
    [InlineData("200 OK", "{\"status\":true}")]
    [InlineData("200 OK", "{\"state\":\"processed\"}")]
    [InlineData("200 OK", "{\"status\":\"\\ud800\"}")]
    [InlineData("200 OK", "{\"status\":\"processed\"")]
    [InlineData("202 Accepted", "{\"status\":\"processed\"}")]
    [InlineData("302 Found\r\nLocation: /elsewhere", "{\"status\":\"processed\"}")]
    [InlineData("410 Gone", "")]
    [InlineData("429 Too Many Requests", "")]
    [InlineData("500 Internal Server Error", "{\"status\":\"processed\"}")]
    public async Task Ask_AnyOtherAnswer_SaysNothing(string status, string body)
    {
        await using var receiver = HostileReceiver.Start(
            Hostile.AnswersAndCloses($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

        var finding = await _sender.AskAsync(receiver.Url);

        (finding.Answer, receiver.Connections).ShouldBe((ReceiptAnswer.NoAnswer, 1));
        finding.Text.ShouldContain($"The receipt URL answered {status[..3]}");
    }

    [Fact]
    public async Task Ask_BodyIsLongerThanItsCap_SaysNothing()
    {
        var body = "{\"status\":\"processed\"" + new string(' ', 4_096) + "}";
        await using var receiver = HostileReceiver.Start(
            Hostile.Answers($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

        (await _sender.AskAsync(receiver.Url)).Answer.ShouldBe(ReceiptAnswer.NoAnswer);
    }

    [Fact]
    public async Task Ask_BodyHasNoEnd_IsReadUpToItsCap()
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersForEver);

        (await _sender.AskAsync(receiver.Url)).Answer.ShouldBe(ReceiptAnswer.NoAnswer);
    }

    [Theory]
    [MemberData(nameof(Breaking))]
    public async Task Ask_ConnectionBreaks_SaysNothing(string how)
    {
        await using var receiver = HostileReceiver.Start(how switch
        {
            "resets" => Hostile.ResetsAfterReading,
            "closes" => Hostile.ClosesAfterReading,
            "cuts the body" => Hostile.AnswersAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"status\":\"processed\"}"),
            _ => Hostile.AnswersAndCloses("{\"status\":\"processed\"}\r\n\r\n"),
        });

        (await _sender.AskAsync(receiver.Url)).ShouldBe(
            ReceiptFinding.NoAnswer("The receipt URL gave no complete answer, or none that is valid HTTP."));
    }

    public static TheoryData<string> Breaking() => ["resets", "closes", "cuts the body", "speaks no HTTP"];

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"status\":")]
    public async Task Ask_Hangs_IsGivenUpAfterItsOwnTime(string beginning)
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersThenHangs(beginning));

        var asking = _sender.AskAsync(receiver.Url);
        await receiver.NextRequestAsync(Cancel);
        _sender.Clock.Advance(ReceiptCheck.Timeout);

        (await asking).ShouldBe(ReceiptFinding.NoAnswer("The receipt URL did not answer within 3 seconds."));
    }

    [Fact]
    public async Task Ask_NodeStops_IsGivenUpAtOnce()
    {
        using var shutdown = new CancellationTokenSource();
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);

        var asking = _sender.AskAsync(receiver.Url, shutdown.Token);
        await receiver.NextRequestAsync(Cancel);
        await shutdown.CancelAsync();

        (await asking).ShouldBe(ReceiptFinding.NoAnswer("This service stopped before the receipt URL answered."));
    }

    [Fact]
    public async Task Ask_BlockedAddress_IsNotConnectedTo()
    {
        using var guarded = new SenderHarness(opened: []);
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Processed));

        var finding = await guarded.AskAsync($"http://subscriber.test:{receiver.Port}/");

        (finding.Answer, receiver.Connections).ShouldBe((ReceiptAnswer.NoAnswer, 0));
        finding.Text.ShouldStartWith("The receipt URL could not be reached. The host has only addresses that this service");
        finding.Text.Length.ShouldBeLessThanOrEqualTo(256);
    }

    [Fact]
    public async Task Ask_HttpWhereHttpsIsRequired_IsNotAsked()
    {
        using var strict = new SenderHarness(new DeliveryOptions { RequireHttps = true });
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Processed));

        (await strict.AskAsync(receiver.Url)).Text.ShouldBe("The receipt URL must use https; it was not asked.");
        receiver.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Ask_SecretIsUnreadable_SaysNothingAndDoesNotThrow()
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Processed));
        var request = _sender.Request("https://subscriber.test/") with { ProtectedSecrets = ["no ciphertext"u8.ToArray()] };

        var finding = await _sender.AskAsync(request, receiver.Url);

        (finding.Answer, receiver.Connections).ShouldBe((ReceiptAnswer.NoAnswer, 0));
    }

    [Fact]
    public void Timeout_BesideAnAttemptAndItsRetry_FitsIntoTheLeasesMargin() =>
        ReceiptCheck.Timeout.ShouldBeLessThan(DeliveryOptions.LeaseMargin / 2);
}
