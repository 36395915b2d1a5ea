using System.Diagnostics.Metrics;
using Webhooks.Core.Telemetry;

namespace Webhooks.Server.Tests.DeadLetters;

/// <summary>How many deliveries were counted as arrived by a person's word, of one host.</summary>
internal sealed class ArrivedCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public ArrivedCounter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "webhooks.deliveries.finished" && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.ToArray().Contains(Tags.Arrived))
                Interlocked.Add(ref _count, count);
        });
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
