using System.Collections.Concurrent;
using System.Diagnostics;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Telemetry;

/// <summary>The spans of claims and records, which many messages share.</summary>
public abstract class BatchSpanTests : StoreTests
{
    private readonly MeasuredSql _sql;
    private readonly ActivityTraceId _traceId = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = [];

    protected BatchSpanTests(Store store) : base(store) => _sql = new MeasuredSql(store.Sql, new WebhooksMeter(Meters), Clock);

    [Fact]
    public async Task Claim_TracedMessage_IsARootThatLinksToIt()
    {
        await GivenMessageAsync("01");
        using var listener = Listen();

        await _sql.ClaimAsync(Claiming(), Cancel);

        var span = _spans.ShouldHaveSingleItem();
        (span.OperationName, span.ParentId, span.TraceId == _traceId).ShouldBe(("claim", null, false));
    }

    [Fact]
    public async Task Record_TracedMessage_LinksToIt()
    {
        await GivenMessageAsync("01");
        var claimed = (await ClaimAsync()).Deliveries.Single();
        using var listener = Listen();

        await _sql.RecordAsync([Given.Record(claimed, Answers.Ok)], Now, Cancel);

        _spans.ShouldHaveSingleItem().OperationName.ShouldBe("record");
    }

    [Fact]
    public async Task Claim_MessageNotSampled_LeavesNoSpan()
    {
        await GivenMessageAsync("00");
        using var listener = Listen();

        await _sql.ClaimAsync(Claiming(), Cancel);

        _spans.ShouldBeEmpty();
    }

    private async Task GivenMessageAsync(string flags)
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application);
        var traceParent = $"00-{_traceId}-{ActivitySpanId.CreateRandom()}-{flags}";
        await Writer.CommitAsync([Given.Event(application) with { TraceParent = traceParent }]);
    }

    /// <summary>Hears every test in this process, so it keeps only what has to do with this one's message.</summary>
    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == _traceId || span.Links.Any(link => link.Context.TraceId == _traceId))
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
