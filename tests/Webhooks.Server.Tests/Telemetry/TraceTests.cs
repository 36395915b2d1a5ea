using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Telemetry;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Telemetry;

/// <summary>One trace from the publisher through the service to the subscriber.</summary>
public sealed class TraceTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Requests = "Microsoft.AspNetCore";

    private readonly ActivityTraceId _traceId = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<string> _received = [];
    private WebApplication _subscriber = null!;

    [Fact]
    public async Task Publish_WithTraceParent_LeadsToTheSubscriberByOneTrace()
    {
        using var listener = Listen(Requests, Tracing.Name);

        await PublishAsync();
        await host.Services.GetRequiredService<DeliveryPump>().RunOnceAsync(TestContext.Current.CancellationToken);

        var publish = Span("publish");
        var deliver = Span("deliver");
        (publish.Kind, deliver.Kind).ShouldBe((ActivityKind.Producer, ActivityKind.Client));
        publish.Parent!.Source.Name.ShouldBe(Requests);
        deliver.ParentSpanId.ShouldBe(publish.SpanId);
        _received.ShouldHaveSingleItem().ShouldBe(deliver.Id);
    }

    [Fact]
    public async Task Publish_WithTraceParent_TheProducersSpanIsWhatIsStored()
    {
        using var listener = Listen(Requests, Tracing.Name);

        var message = await PublishAsync();

        var stored = await host.ReadAsync(db => db.Messages.Where(m => m.TraceParent!.Contains($"{_traceId}")).SingleAsync());
        var publish = Span("publish");
        stored.TraceParent.ShouldBe(publish.Id);
        publish.GetTagItem("messaging.message.id").ShouldBe(message);
        publish.TagObjects.ShouldAllBe(tag => !$"{tag.Value}".Contains("card"));
    }

    [Fact]
    public async Task Publish_OnlyRequestsHaveContexts_SubscriberStillGetsThePublishersTrace()
    {
        using var listener = Listen(Requests); // what the server's log alone makes of it

        await PublishAsync();
        await host.Services.GetRequiredService<DeliveryPump>().RunOnceAsync(TestContext.Current.CancellationToken);

        _received.ShouldHaveSingleItem().ShouldBe(_spans.First().Id);
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _subscriber = builder.Build();
        _subscriber.Run(context =>
        {
            _received.Enqueue(context.Request.Headers.TraceParent.ToString());
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await _subscriber.StartAsync();
    }

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();

    private Activity Span(string name) => _spans.Where(span => span.OperationName == name).ShouldHaveSingleItem();

    private async Task<string> PublishAsync()
    {
        var app = await host.ApplicationAsync();
        (await host.Api.PostAsync($"/app/{app}/endpoint", $$"""{"url":"{{_subscriber.Urls.Single()}}/hook"}""")).Expect(201);
        using var publisher = new Activity("publisher");
        publisher.SetParentId(_traceId, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
        return (await host.Api.PostAsync($"/app/{app}/msg", """{"eventType":"invoice.paid","payload":{"card":"4111"}}""")).Expect(202).Id;
    }

    /// <summary>Other tests of this process must not find themselves traced: it wants spans of one trace only.</summary>
    private ActivityListener Listen(params string[] sources)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> span) =>
                span.Parent.TraceId == _traceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = span =>
            {
                if (span.TraceId == _traceId)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
