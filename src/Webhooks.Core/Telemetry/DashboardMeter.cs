using System.Diagnostics.Metrics;

namespace Webhooks.Core.Telemetry;

/// <summary>How long people wait for what a page shows.</summary>
internal sealed class DashboardMeter(IMeterFactory meters)
{
    private readonly Histogram<double> _readDuration = meters.Create(WebhooksMeter.Name).CreateHistogram(
        "webhooks.dashboard.read.duration", "s", "How long a page of the dashboard waited for what it read, by the part of the page that asked.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] });

    /// <param name="part">The component's name, of which there are few.</param>
    /// <param name="took">How long it waited.</param>
    public void Read(string part, TimeSpan took) => _readDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("part", part));
}
