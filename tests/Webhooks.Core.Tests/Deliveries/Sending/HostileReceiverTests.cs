using System.Text;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>What each thing that a subscriber can do on the wire is taken for.</summary>
public sealed class HostileReceiverTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly SenderHarness _sender = new();

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task Send_NothingListens_IsNotSentAfterOneRetry()
    {
        var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);
        var port = receiver.Port;
        await receiver.DisposeAsync();

        var result = await _sender.SendAsync($"http://subscriber.test:{port}/");

        ShouldBe(result, AttemptOutcome.NotSent, AttemptErrorCodes.ConnectRefused);
        _sender.Lookups.ShouldBe(2);
    }

    [Fact]
    public async Task Send_ReceiverResetsBeforeReading_IsUnknown()
    {
        await using var receiver = HostileReceiver.Start(Hostile.ResetsBeforeReading);

        ShouldBe(await _sender.SendAsync(receiver.Url), AttemptOutcome.Unknown, AttemptErrorCodes.Reset);
        receiver.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ReceiverResetsAfterReading_IsUnknownAndNotRetried()
    {
        await using var receiver = HostileReceiver.Start(Hostile.ResetsAfterReading);

        ShouldBe(await _sender.SendAsync(receiver.Url), AttemptOutcome.Unknown, AttemptErrorCodes.Reset);
        receiver.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ReceiverClosesAfterReading_IsUnknown()
    {
        await using var receiver = HostileReceiver.Start(Hostile.ClosesAfterReading);

        ShouldBe(await _sender.SendAsync(receiver.Url), AttemptOutcome.Unknown, AttemptErrorCodes.Reset);
    }

    [Fact]
    public async Task Send_ReceiverHangsBeforeReading_IsUnknownWhenTimeIsUp()
    {
        var arrived = new TaskCompletionSource();
        await using var receiver = HostileReceiver.Start(async connection =>
        {
            await connection.BytesArrivedAsync();
            arrived.SetResult();
            await connection.HangAsync();
        });

        var sending = _sender.SendAsync(receiver.Url);
        await arrived.Task.WaitAsync(Cancel);
        _sender.TimeOut();

        ShouldBe(await sending, AttemptOutcome.Unknown, AttemptErrorCodes.Timeout);
    }

    [Fact]
    public async Task Send_ReceiverHangsAfterReading_IsUnknownWhenTimeIsUp()
    {
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);

        var sending = _sender.SendAsync(receiver.Url);
        await receiver.NextRequestAsync(Cancel);
        _sender.TimeOut();

        var result = await sending;
        ShouldBe(result, AttemptOutcome.Unknown, AttemptErrorCodes.Timeout);
        result.Timings.Total.ShouldBe(_sender.Options.AttemptTimeout);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 10\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ")]
    public async Task Send_AnswerStopsHalfway_IsUnknownWhenTimeIsUp(string answer)
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersThenHangs(answer));

        var sending = _sender.SendAsync(receiver.Url);
        await receiver.NextRequestAsync(Cancel);
        _sender.TimeOut();

        ShouldBe(await sending, AttemptOutcome.Unknown, AttemptErrorCodes.Timeout);
    }

    [Fact]
    public async Task Send_AnswerEndsBeforeItsLength_IsUnknownAndKeepsWhatCame()
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));

        var result = await _sender.SendAsync(receiver.Url);

        ShouldBe(result, AttemptOutcome.Unknown, AttemptErrorCodes.Reset);
        result.StatusCode.ShouldBe(200);
        Encoding.ASCII.GetString(result.ResponseBody!).ShouldBe("half");
    }

    [Fact]
    public async Task Send_EndlessBody_IsDeliveredAndCutAtTheCap()
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersForEver);

        var result = await _sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.Delivered);
        result.ResponseBody!.Length.ShouldBe(_sender.Options.MaxResponseBodyBytes);
    }

    [Fact]
    public async Task Send_BodyHangsAtTheCap_IsDelivered()
    {
        var body = new string('x', _sender.Options.MaxResponseBodyBytes);
        await using var receiver = HostileReceiver.Start(Hostile.AnswersThenHangs($"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{body}"));

        (await _sender.SendAsync(receiver.Url)).Outcome.ShouldBe(AttemptOutcome.Delivered);
    }

    [Fact]
    public async Task Send_BodyUntilClose_IsDelivered()
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersAndCloses("HTTP/1.0 200 OK\r\n\r\nall"));

        var result = await _sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.Delivered);
        result.ResponseBody.ShouldBe("all"u8.ToArray());
    }

    [Fact]
    public async Task Send_HugeHeaders_IsUnknown()
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersAndCloses($"HTTP/1.1 200 OK\r\nX-Huge: {new string('x', 100_000)}\r\n\r\n"));

        ShouldBe(await _sender.SendAsync(receiver.Url), AttemptOutcome.Unknown, AttemptErrorCodes.InvalidResponse);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n")]
    [InlineData("\0\u0001\u0002\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot hex\r\n")]
    public async Task Send_AnswerIsNotHttp_IsUnknown(string answer)
    {
        await using var receiver = HostileReceiver.Start(Hostile.AnswersAndCloses(answer));

        ShouldBe(await _sender.SendAsync(receiver.Url), AttemptOutcome.Unknown, AttemptErrorCodes.InvalidResponse);
    }

    [Fact]
    public async Task Send_EarlyHintsThenOk_IsDelivered()
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers($"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n{Hostile.Ok}"));

        (await _sender.SendAsync(receiver.Url)).StatusCode.ShouldBe(200);
    }

    [Fact]
    public async Task Send_SwitchingProtocols_IsRejected()
    {
        await using var receiver = HostileReceiver.Start(
            Hostile.AnswersThenHangs("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"));

        var result = await _sender.SendAsync(receiver.Url);

        ShouldBe(result, AttemptOutcome.Rejected, AttemptErrorCodes.HttpStatus);
        result.StatusCode.ShouldBe(101);
    }

    [Fact]
    public async Task Send_RefusalBeforeAllWasRead_IsRejected()
    {
        await using var receiver = HostileReceiver.Start(async connection =>
        {
            await connection.BytesArrivedAsync();
            await connection.WriteAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            await connection.HangAsync();
        });

        (await _sender.SendAsync(receiver.Url)).StatusCode.ShouldBe(413);
    }

    private static void ShouldBe(AttemptResult result, AttemptOutcome outcome, string errorCode)
    {
        result.Outcome.ShouldBe(outcome);
        result.ErrorCode.ShouldBe(errorCode);
        result.ErrorText.ShouldNotBeNullOrEmpty();
        result.OurFault.ShouldBeFalse();
    }
}
