using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Telemetry;

namespace Webhooks.Deploy.Tests;

/// <summary>What the meter's instruments are called in Prometheus.</summary>
internal static class PrometheusNames
{
    /// <summary>Each instrument by its base name.</summary>
    public static IReadOnlyDictionary<string, Instrument> Instruments { get; } = Find().ToDictionary(BaseName, StringComparer.Ordinal);

    /// <summary>Every name of a series that a query can use.</summary>
    public static IReadOnlyList<string> Series { get; } =
        [.. Instruments.SelectMany(found => SuffixesOf(found.Value).Select(suffix => found.Key + suffix))];

    public static bool IsHistogram(Instrument instrument) => instrument is Histogram<double> or Histogram<long>;

    private static string[] SuffixesOf(Instrument instrument) => IsHistogram(instrument) ? ["_bucket", "_sum", "_count"] : [""];

    private static string BaseName(Instrument instrument) =>
        instrument.Name.Replace('.', '_')
        + (instrument.Unit == "s" ? "_seconds" : "")
        + (instrument is Counter<long> ? "_total" : "");

    private static List<Instrument> Find()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var found = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                    found.Add(instrument);
            },
        };
        listener.Start();
        _ = new WebhooksMeter(meters);
        _ = new NotificationMeter(meters);
        _ = new DashboardMeter(meters);
        _ = new BacklogGauges(meters, pump: null!, TimeProvider.System); // nobody asks the gauges here
        return found;
    }
}
