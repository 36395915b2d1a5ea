using System.Collections.Concurrent;
using System.Diagnostics;
using Webhooks.Core.Telemetry;
using Webhooks.Core.Tests.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Telemetry;

/// <summary>The span of an attempt, and what the subscriber gets of it.</summary>
public sealed class AttemptSpanTests : IDisposable
{
    private readonly SenderHarness _sender = new();
    private readonly ActivityTraceId _traceId = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId _spanId = ActivitySpanId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = [];

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task Send_SomebodyTraces_IsAClientSpanBelowTheMessagesContext()
    {
        using var listener = Listen();

        await SendAsync(Hostile.Answers(Hostile.Ok));

        var span = _spans.ShouldHaveSingleItem();
        (span.Kind, span.TraceId, span.ParentSpanId, span.HasRemoteParent).ShouldBe((ActivityKind.Client, _traceId, _spanId, true));
    }

    [Fact]
    public async Task Send_SomebodyTraces_SubscriberGetsTheSpansOwnContext()
    {
        using var listener = Listen();

        var seen = await SendAsync(Hostile.Answers(Hostile.Ok));

        seen.Header("traceparent").ShouldBe(_spans.ShouldHaveSingleItem().Id);
    }

    [Fact]
    public async Task Send_NobodyTraces_SubscriberGetsTheMessagesContext()
    {
        var seen = await SendAsync(Hostile.Answers(Hostile.Ok));

        seen.Header("traceparent").ShouldBe($"00-{_traceId}-{_spanId}-01");
    }

    [Fact]
    public async Task Send_Delivered_DescribesTheExchangeAndNothingSecret()
    {
        using var listener = Listen();

        await SendAsync(Hostile.Answers(Hostile.Ok), path: "/services/T000/SECRET?token=SECRET");

        var span = _spans.ShouldHaveSingleItem();
        Tag(span, "http.request.method").ShouldBe("POST");
        Tag(span, "http.response.status_code").ShouldBe(200);
        Tag(span, "server.address").ShouldBe("127.0.0.1");
        Tag(span, "messaging.system").ShouldBe("webhooks");
        Tag(span, "webhooks.attempt.outcome").ShouldBe("delivered");
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        span.TagObjects.ShouldAllBe(tag => !$"{tag.Value}".Contains("SECRET") && !$"{tag.Value}".Contains("/services"));
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "503", "rejected")]
    [InlineData("this is not HTTP\r\n\r\n", "invalid_response", "unknown")]
    public async Task Send_NotDelivered_SaysWhy(string answer, string errorType, string outcome)
    {
        using var listener = Listen();

        await SendAsync(Hostile.Answers(answer));

        var span = _spans.ShouldHaveSingleItem();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        (Tag(span, "error.type"), Tag(span, "webhooks.attempt.outcome")).ShouldBe((errorType, outcome));
    }

    [Fact]
    public async Task Send_MessageWithoutContext_BeginsATrace()
    {
        using var listener = Listen(ofTrace: default);

        var seen = await SendAsync(Hostile.Answers(Hostile.Ok), traced: false);

        ActivityContext.TryParse(seen.Header("traceparent"), null, out var context).ShouldBeTrue();
        context.TraceId.ShouldNotBe(_traceId);
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private async Task<RawRequest> SendAsync(Func<HostileConnection, Task> behaviour, string path = "", bool traced = true)
    {
        await using var receiver = HostileReceiver.Start(behaviour);
        var request = _sender.Request(path.Length == 0 ? receiver.Url : new Uri(new Uri(receiver.Url), path).ToString());
        await _sender.SendAsync(request with { TraceParent = traced ? $"00-{_traceId}-{_spanId}-01" : null });
        return await receiver.NextRequestAsync(TestContext.Current.CancellationToken);
    }

    private ActivityListener Listen() => Listen(_traceId);

    /// <summary>Other tests of this process must not find themselves traced: it wants spans of one trace only.</summary>
    private ActivityListener Listen(ActivityTraceId ofTrace)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> span) =>
                span.Parent.TraceId == ofTrace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == ofTrace)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
