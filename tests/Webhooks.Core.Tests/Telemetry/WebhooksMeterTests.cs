using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Tests.Telemetry;

/// <summary>What measuring costs the hot path.</summary>
public sealed class WebhooksMeterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WebhooksMeter _meter;
    private readonly MeterListener _listener = new();
    private long _heard;

    public WebhooksMeterTests() => _meter = new(Meters);

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void IsListenedTo_NobodyListens_IsFalse() => _meter.IsListenedTo.ShouldBeFalse();

    [Fact]
    public void IsListenedTo_SomebodyListens_IsTrue()
    {
        Listen();

        _meter.IsListenedTo.ShouldBeTrue();
    }

    [Fact]
    public void EveryCommit_SomebodyListens_AllocatesNothing()
    {
        Listen();
        DeliveryRecord[] records = [Record(DeliveryState.Delivered, null), Record(DeliveryState.Dead, DeadLetterReason.NotSent)];
        bool[] written = [true, true];
        var rows = new OutboxRows([], [], [Filtered()], [], []);
        MeasureAll(); // compiles what it runs

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            MeasureAll();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);
        _heard.ShouldBeGreaterThan(1_000);

        void MeasureAll()
        {
            _meter.Accepted(rows, TimeSpan.FromMilliseconds(1));
            _meter.Claimed(2, TimeSpan.FromMilliseconds(1));
            _meter.Recorded(records, written, TimeSpan.FromMilliseconds(1));
        }
    }

    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, Meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => _heard++);
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => _heard++);
        _listener.Start();
    }

    private static Delivery Filtered() => new()
    {
        Id = new DeliveryId(1), MessageId = new MessageId(2), EndpointId = new EndpointId(3), ReplayNumber = 0, Sequence = 1,
        TriggerType = AttemptTrigger.Scheduled, State = DeliveryState.Filtered, DueAt = default, CreatedAt = default,
    };

    private static DeliveryRecord Record(DeliveryState state, DeadLetterReason? reason) => new()
    {
        DeliveryId = new DeliveryId(1), EndpointId = new EndpointId(3), LeaseToken = [], LeasedUntil = default,
        State = state, DueAt = default, Attempts = 1,
        Failures = 0, OwnFaults = 0, LastOutcome = null, DeadReason = reason, Lane = new LaneEffect(1),
        Attempt = new Attempt
        {
            Id = new AttemptId(1), DeliveryId = new DeliveryId(1), MessageId = new MessageId(2), EndpointId = new EndpointId(3), Number = 1,
            TriggerType = AttemptTrigger.Scheduled, StartedAt = default, Outcome = AttemptOutcome.Delivered, Url = "", Node = "",
            TotalMicroseconds = 1_000,
        },
    };
}
