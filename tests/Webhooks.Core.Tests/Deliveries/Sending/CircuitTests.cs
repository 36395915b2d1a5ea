using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

public sealed class CircuitTests : IDisposable
{
    private const int MinimumThroughput = 10;

    private readonly SenderHarness _sender = new();
    private int _status = 500;

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task Send_FailureThatOpensTheCircuit_TellsForHowLong()
    {
        await using var receiver = await StartAsync();

        var results = await SendAsync(receiver, MinimumThroughput);

        results[..^1].ShouldAllBe(result => result.CircuitOpenFor == null);
        results[^1].CircuitOpenFor.ShouldBe(_sender.Options.CircuitBreak);
        results[^1].Outcome.ShouldBe(AttemptOutcome.Rejected);
    }

    [Fact]
    public async Task Send_CircuitIsOpen_IsReleasedUntilItCloses()
    {
        await using var receiver = await StartAsync();
        await SendAsync(receiver, MinimumThroughput);
        _sender.Clock.Advance(TimeSpan.FromSeconds(10));

        var result = await _sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBeNull();
        result.OurFault.ShouldBeFalse();
        result.ErrorCode.ShouldBe(AttemptErrorCodes.CircuitOpen);
        result.CircuitOpenFor.ShouldBe(_sender.Options.CircuitBreak - TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Send_AfterTheBreak_GoesOutAndCloses()
    {
        await using var receiver = await StartAsync();
        await SendAsync(receiver, MinimumThroughput);
        _sender.Clock.Advance(_sender.Options.CircuitBreak);
        _status = 200;

        var results = await SendAsync(receiver, 2);

        results.ShouldAllBe(result => result.Outcome == AttemptOutcome.Delivered);
    }

    [Fact]
    public async Task Send_WhileTheProbeIsUnderWay_NamesAShortWait()
    {
        await using var receiver = await StartAsync();
        await SendAsync(receiver, MinimumThroughput);
        _sender.Clock.Advance(_sender.Options.CircuitBreak);
        await using var hanging = HostileReceiver.Start(Hostile.HangsAfterReading);
        var probe = _sender.SendAsync(hanging.Url);
        await hanging.NextRequestAsync(TestContext.Current.CancellationToken);

        var beside = await _sender.SendAsync(receiver.Url);

        beside.CircuitOpenFor.ShouldBe(TimeSpan.FromSeconds(1));
        _sender.TimeOut();
        await probe;
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Send_ClearAnswers_NeverOpenTheCircuit(int status)
    {
        _status = status;
        await using var receiver = await StartAsync();

        var results = await SendAsync(receiver, 3 * MinimumThroughput);

        results.ShouldAllBe(result => result.Outcome != null && result.CircuitOpenFor == null);
    }

    [Fact]
    public async Task Send_OtherEndpoint_HasACircuitOfItsOwn()
    {
        await using var receiver = await StartAsync();
        await SendAsync(receiver, MinimumThroughput);

        var other = await _sender.SendAsync(_sender.Request(receiver.Url) with { EndpointId = new EndpointId(99) });

        other.Outcome.ShouldBe(AttemptOutcome.Rejected);
    }

    private Task<KestrelReceiver> StartAsync() => KestrelReceiver.StartAsync(context => context.Response.StatusCode = _status);

    private async Task<AttemptResult[]> SendAsync(KestrelReceiver receiver, int times)
    {
        var results = new AttemptResult[times];
        for (var i = 0; i < times; i++)
            results[i] = await _sender.SendAsync(receiver.Url);
        return results;
    }
}
