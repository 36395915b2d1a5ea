using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Telemetry;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Documents;

/// <summary>Every instrument that the service publishes, as a table.</summary>
internal static class MetricsTable
{
    public static string Render(ApiHost host)
    {
        var text = new StringBuilder("| metric | kind | unit | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var instrument in Instruments(host).OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{instrument.Name}` | {KindOf(instrument)} | {instrument.Unit} ");
            text.Append(CultureInfo.InvariantCulture, $"| {instrument.Description} |\n");
        }

        return text.ToString().TrimEnd();
    }

    private static List<Instrument> Instruments(ApiHost host)
    {
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        host.Services.GetRequiredService<WebhooksMeter>();
        host.Services.GetRequiredService<NotificationMeter>();
        host.Services.GetRequiredService<DashboardMeter>();
        host.Services.GetRequiredService<BacklogGauges>();
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Meter.Name == WebhooksMeter.Name)
                    instruments.Add(instrument);
            },
        };
        listener.Start();
        return instruments;
    }

    private static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name[..name.IndexOf('`', StringComparison.Ordinal)].Replace("Observable", "", StringComparison.Ordinal) switch
        {
            "Counter" => "counter",
            "UpDownCounter" or "Gauge" => "gauge",
            "Histogram" => "histogram",
            var other => throw new InvalidOperationException($"{instrument.Name} is a {other}, which this table has no word for."),
        };
    }
}
