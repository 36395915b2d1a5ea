using System.Net;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>Faults of the service itself never speak against the subscriber.</summary>
public sealed class OwnFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_NodeStopsBefore_IsReleased()
    {
        using var sender = new SenderHarness();
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));

        var result = await sender.SendUntilAsync(sender.Request(receiver.Url), new CancellationToken(canceled: true));

        ShouldBeReleased(result, AttemptErrorCodes.Shutdown);
        receiver.HasUnseenRequest.ShouldBeFalse();
    }

    [Fact]
    public async Task Send_NodeStopsWhileConnecting_IsReleased()
    {
        using var stop = new CancellationTokenSource();
        using var sender = new SenderHarness(resolve: (_, _) =>
        {
            stop.Cancel();
            return new TaskCompletionSource<IPAddress[]>().Task;
        });

        ShouldBeReleased(await sender.SendUntilAsync(sender.Request("http://subscriber.test/"), stop.Token), AttemptErrorCodes.Shutdown);
    }

    [Fact]
    public async Task Send_NodeStopsAfterTheRequestLeft_IsUnknownByOurFault()
    {
        using var stop = new CancellationTokenSource();
        using var sender = new SenderHarness();
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);

        var sending = sender.SendUntilAsync(sender.Request(receiver.Url), stop.Token);
        await receiver.NextRequestAsync(Cancel);
        await stop.CancelAsync();

        var result = await sending;
        result.Outcome.ShouldBe(AttemptOutcome.Unknown);
        result.OurFault.ShouldBeTrue();
        result.ErrorCode.ShouldBe(AttemptErrorCodes.Shutdown);
    }

    [Fact]
    public async Task Send_SecretCannotBeDecrypted_IsReleased()
    {
        using var sender = new SenderHarness();

        var result = await sender.SendAsync(sender.Request("http://127.0.0.1/") with { ProtectedSecrets = [[1, 2, 3]] });

        ShouldBeReleased(result, AttemptErrorCodes.SecretUnreadable);
    }

    [Fact]
    public async Task Send_HeadersCannotBeDecrypted_IsReleased()
    {
        using var sender = new SenderHarness();

        var result = await sender.SendAsync(sender.Request("http://127.0.0.1/") with { ProtectedHeaders = [1, 2, 3] });

        ShouldBeReleased(result, AttemptErrorCodes.SecretUnreadable);
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Send_StoredUrlIsUnusable_IsReleased(string url)
    {
        using var sender = new SenderHarness();

        ShouldBeReleased(await sender.SendAsync(url), AttemptErrorCodes.Internal);
    }

    [Fact]
    public async Task Send_NodeHasAsManyUnderWayAsItMay_IsReleased()
    {
        using var sender = new SenderHarness(new DeliveryOptions { MaxInFlightPerNode = 1 });
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);
        var first = sender.SendAsync(receiver.Url);
        await receiver.NextRequestAsync(Cancel);

        var second = await sender.SendAsync(receiver.Url);

        ShouldBeReleased(second, AttemptErrorCodes.NodeBusy);
        sender.TimeOut();
        await first;
    }

    private static void ShouldBeReleased(AttemptResult result, string code)
    {
        result.Outcome.ShouldBeNull();
        result.OurFault.ShouldBeTrue();
        result.ErrorCode.ShouldBe(code);
        result.CircuitOpenFor.ShouldBeNull();
    }
}
