using System.Net;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>How connections come about, are kept and are replaced.</summary>
public sealed class ConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_Twice_ReusesTheConnection()
    {
        using var sender = new SenderHarness();
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));

        var first = await sender.SendAsync(receiver.Url);
        var second = await sender.SendAsync(receiver.Url);

        receiver.Connections.ShouldBe(1);
        first.Timings.Connect.ShouldNotBeNull();
        second.Timings.Connect.ShouldBeNull();
    }

    [Fact]
    public async Task Send_KeptConnectionWasClosedByTheReceiver_IsDeliveredOnANewOne()
    {
        using var sender = new SenderHarness();
        var closed = new SemaphoreSlim(0);
        await using var receiver = HostileReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Hostile.Ok);
            connection.Close();
            closed.Release();
        });

        await sender.SendAsync(receiver.Url);
        await closed.WaitAsync(Cancel);
        var second = await sender.SendAsync(receiver.Url);

        second.Outcome.ShouldBe(AttemptOutcome.Delivered);
        receiver.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Send_KeptConnectionClosesOnTheNextRequest_IsUnknown()
    {
        using var sender = new SenderHarness();
        await using var receiver = HostileReceiver.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Hostile.Ok);
            await connection.ReadRequestAsync();
        });

        await sender.SendAsync(receiver.Url);
        var second = await sender.SendAsync(receiver.Url);

        second.Outcome.ShouldBe(AttemptOutcome.Unknown);
        receiver.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ConnectionPastItsLifetime_FollowsDns()
    {
        await using var before = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));
        await using var after = HostileReceiver.Start(new IPEndPoint(IPAddress.Parse("127.0.0.2"), before.Port), Hostile.Answers(Hostile.Ok));
        var address = IPAddress.Loopback;
        using var sender = new SenderHarness(new DeliveryOptions { ConnectionLifetime = TimeSpan.Zero }, (_, _) => Task.FromResult<IPAddress[]>([address]));
        var url = $"http://subscriber.test:{before.Port}/";

        await sender.SendAsync(url);
        address = IPAddress.Parse("127.0.0.2");
        await sender.SendAsync(url);

        (before.Connections, after.Connections).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task Send_NameThatResolvesToABlockedAddress_IsNotSentAndNotRetried(string address)
    {
        using var sender = new SenderHarness(resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]));

        var result = await sender.SendAsync("http://subscriber.test/");

        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.BlockedAddress);
        sender.Lookups.ShouldBe(1);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    public async Task Send_LiteralBlockedAddress_IsNotSent(string url)
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));
        using var sender = new SenderHarness(opened: []);

        var result = await sender.SendAsync(string.Format(null, url, receiver.Port));

        result.ErrorCode.ShouldBe(AttemptErrorCodes.BlockedAddress);
        receiver.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Send_NameDoesNotResolve_IsNotSentAfterOneRetry()
    {
        using var sender = new SenderHarness(resolve: (_, _) => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

        var result = await sender.SendAsync("http://subscriber.test/");

        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.Dns);
        sender.Lookups.ShouldBe(2);
    }

    [Fact]
    public async Task Send_FirstConnectFails_IsDeliveredByTheInstantRetry()
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));
        var answers = new Queue<string>(["127.0.0.9", "127.0.0.1"]);
        using var sender = new SenderHarness(resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));

        (await sender.SendAsync($"http://subscriber.test:{receiver.Port}/")).Outcome.ShouldBe(AttemptOutcome.Delivered);
    }

    [Fact]
    public async Task Send_TimeIsUpWhileConnecting_IsNotSentAndNotRetried()
    {
        var options = new DeliveryOptions { AttemptTimeout = TimeSpan.FromSeconds(2) }; // shorter than the connect timeout
        var lookups = new SemaphoreSlim(0);
        using var sender = new SenderHarness(options, (_, _) =>
        {
            lookups.Release();
            return new TaskCompletionSource<IPAddress[]>().Task;
        });

        var sending = sender.SendAsync("http://subscriber.test/");
        await lookups.WaitAsync(Cancel);
        sender.TimeOut();

        var result = await sending;
        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.Timeout);
        sender.Lookups.ShouldBe(1);
    }

    [Fact]
    public async Task Send_HttpWhereHttpsIsRequired_IsNotSent()
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));
        using var sender = new SenderHarness(new DeliveryOptions { RequireHttps = true });

        var result = await sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        receiver.Connections.ShouldBe(0);
    }
}
