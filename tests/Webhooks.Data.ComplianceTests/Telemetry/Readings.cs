using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Webhooks.Data.ComplianceTests.Telemetry;

/// <summary>Listens to the instruments of one factory and adds up what they say; a name with tags is <c>name{key=value,…}</c>.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (double Sum, int Count)> _sums = new(StringComparer.Ordinal);

    public Readings(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of what was said; 0 when nothing was.</summary>
    public double this[string series] => _sums.GetValueOrDefault(series).Sum;

    /// <summary>How often something was said.</summary>
    public int Count(string series) => _sums.GetValueOrDefault(series).Count;

    /// <summary>Asks the gauges now, and forgets what they said before.</summary>
    public void Observe()
    {
        _sums.Clear();
        _listener.RecordObservableInstruments();
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Name;
        if (!tags.IsEmpty)
            series += "{" + string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")) + "}";
        _sums.AddOrUpdate(series, (value, 1), (_, before) => (before.Sum + value, before.Count + 1));
    }
}
