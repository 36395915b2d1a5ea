using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>An endpoint's own time for an attempt, on the pipeline that all endpoints share.</summary>
public sealed class EndpointTimeoutTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 15), InlineData(3, 3), InlineData(20, 20)]
    public async Task Send_ReceiverHangs_EndsAfterTheEndpointsTimeAndSaysSo(int? own, int seconds)
    {
        using var sender = new SenderHarness();
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);

        var sending = sender.SendAsync(sender.Request(receiver.Url) with { Timeout = Seconds(own) });
        await receiver.NextRequestAsync(Cancel);
        sender.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        var wasOver = sending.IsCompleted;
        sender.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var result = await sending;
        wasOver.ShouldBeFalse();
        (result.Outcome, result.ErrorCode).ShouldBe((AttemptOutcome.Unknown, AttemptErrorCodes.Timeout));
        result.ErrorText.ShouldBe($"The request was sent, and no complete answer came within {seconds} seconds.");
    }

    [Fact]
    public async Task Send_NoConnection_NamesTheEndpointsTime()
    {
        var lookups = new SemaphoreSlim(0);
        using var sender = new SenderHarness(resolve: (_, _) =>
        {
            lookups.Release();
            return new TaskCompletionSource<System.Net.IPAddress[]>().Task;
        });

        var sending = sender.SendAsync(sender.Request("http://subscriber.test/") with { Timeout = TimeSpan.FromSeconds(2) });
        await lookups.WaitAsync(Cancel);
        sender.Clock.Advance(TimeSpan.FromSeconds(2));

        var result = await sending;
        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorText.ShouldBe("No connection was established within 2 seconds; nothing was sent.");
    }

    [Fact]
    public async Task Send_LeaseWasMadeShorterSince_EndsWithinTheLease()
    {
        using var sender = new SenderHarness(new DeliveryOptions { Lease = TimeSpan.FromSeconds(40) });
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);

        var sending = sender.SendAsync(sender.Request(receiver.Url) with { Timeout = TimeSpan.FromSeconds(60) });
        await receiver.NextRequestAsync(Cancel);
        sender.Clock.Advance(TimeSpan.FromSeconds(15));

        (await sending).ErrorCode.ShouldBe(AttemptErrorCodes.Timeout);
    }

    [Theory]
    [InlineData(nameof(Hostile.ResetsBeforeReading))]
    [InlineData(nameof(Hostile.ResetsAfterReading))]
    [InlineData(nameof(Hostile.ClosesAfterReading))]
    public async Task Send_BytesMayHaveLeft_NoSecondTryAtOnce(string behaviour)
    {
        using var sender = new SenderHarness();
        await using var receiver = HostileReceiver.Start(behaviour switch
        {
            nameof(Hostile.ResetsBeforeReading) => Hostile.ResetsBeforeReading,
            nameof(Hostile.ResetsAfterReading) => Hostile.ResetsAfterReading,
            _ => Hostile.ClosesAfterReading,
        });

        var result = await sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.Unknown);
        receiver.Connections.ShouldBe(1, "what is sent at most once must not be sent twice within one attempt");
    }

    private static TimeSpan? Seconds(int? count) => count is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
