using System.Diagnostics.Metrics;
using System.Text.Json;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// What waits, and what this node has under way. A sample older than <see cref="Fresh"/> is not shown: no value is better than a wrong one.
/// </summary>
internal sealed class BacklogGauges
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<IncidentKind, KeyValuePair<string, object?>> KindTags = Enum.GetValues<IncidentKind>()
        .ToDictionary(kind => kind, TagOf);

    private readonly TimeProvider _clock;
    private readonly List<Instrument> _sampled;
    private Backlog? _last;

    public BacklogGauges(IMeterFactory meters, DeliveryPump pump, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(WebhooksMeter.Name);
        meter.CreateObservableUpDownCounter(
            "webhooks.deliveries.in_flight", () => pump.InFlight, "{delivery}",
            "Deliveries of this node that are claimed and not yet recorded.");
        _sampled =
        [
            meter.CreateObservableGauge(
                "webhooks.outbox.oldest_due_age", () => Show(backlog => backlog.OldestDue.TotalSeconds), "s",
                "How long the oldest due delivery of a ready lane has been due; what is held, paused or at its own limit does not count."),
            meter.CreateObservableGauge(
                "webhooks.lanes.longest_wait", () => Show(backlog => backlog.LongestWait.TotalSeconds), "s",
                "How long the lane that is next has been waiting for a worker to serve it."),
            meter.CreateObservableGauge(
                "webhooks.deliveries.waiting", () => Show(backlog => backlog.Waiting), "{delivery}",
                "Deliveries that wait to be sent, due or not, or behind others of their key; 100,000 stands for that many or more."),
            meter.CreateObservableGauge(
                "webhooks.deliveries.held", () => Show(backlog => backlog.Held), "{delivery}",
                "Deliveries that wait for a human's decision; 100,000 stands for that many or more."),
            meter.CreateObservableGauge(
                "webhooks.messages.oldest_age", () => Show(backlog => backlog.OldestMessage.TotalSeconds), "s",
                "How long ago the oldest message that is kept was accepted. Far beyond its retention something keeps it, or removing lags."),
            meter.CreateObservableGauge(
                "webhooks.incidents.open", ShowIncidents, "{incident}",
                "Incidents by kind that nobody has acknowledged yet: people are being told."),
            meter.CreateObservableGauge(
                "webhooks.channels.failing", () => Show(backlog => backlog.FailingChannels), "{channel}",
                "Channels over which people can't be told, without those that are disabled."),
            meter.CreateObservableGauge(
                "webhooks.notifications.oldest_due_age", () => Show(backlog => backlog.OldestNotification.TotalSeconds), "s",
                "How long the notification that waits longest has been due: somebody should know, and has not been told."),
            meter.CreateObservableGauge(
                "webhooks.ledger.unbalanced", () => Show(backlog => backlog.UnbalancedHours), "{hour}",
                "Hours of endpoints in which the ledger has a residue. Always 0; anything else is a loss, or a fault of the service."),
            meter.CreateObservableGauge(
                "webhooks.dead_letters", ShowDeadLetters, "{dead_letter}",
                "Dead letters, held deliveries among them, about which a person has still to decide, by state; 100,000 together stand for "
                + "that many or more."),
            meter.CreateObservableGauge("webhooks.lanes", ShowLanes, "{lane}", "Lanes by state."),
            meter.CreateObservableGauge(
                "webhooks.lanes.stranded", () => ShowLaneCounts(lanes => [new(lanes.Stranded)]), "{lane}",
                "Lanes in which deliveries wait and that nothing will make ready. Always 0; anything else is a fault of the service."),
        ];
    }

    /// <summary>Whether anybody reads what has to be sampled.</summary>
    public bool AreListenedTo => _sampled.Exists(gauge => gauge.Enabled);

    public void Update(Backlog backlog) => Volatile.Write(ref _last, backlog);

    private Backlog? Last => Volatile.Read(ref _last) is { } last && _clock.GetUtcNow() - last.At <= Fresh ? last : null;

    private static KeyValuePair<string, object?> TagOf(IncidentKind kind) =>
        new("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    private Measurement<T>[] Show<T>(Func<Backlog, T> value) where T : struct => Last is { } last ? [new(value(last))] : [];

    private Measurement<int>[] ShowIncidents() => Last is { OpenIncidents: var open }
        ? [.. KindTags.Select(kind => new Measurement<int>(open.GetValueOrDefault(kind.Key), kind.Value))]
        : [];

    private Measurement<int>[] ShowDeadLetters() => Last is { DeadLetters: var letters }
        ? [new(letters.Open, Tags.LetterOpen), new(letters.Acknowledged, Tags.LetterAcknowledged)]
        : [];

    private Measurement<int>[] ShowLanes() => ShowLaneCounts(lanes =>
    [
        new(lanes.Ready, Tags.LaneReady),
        new(lanes.Idle, Tags.LaneIdle),
        new(lanes.Paused, Tags.LanePaused),
        new(lanes.Held, Tags.LaneHeld),
    ]);

    private Measurement<int>[] ShowLaneCounts(Func<LaneCounts, Measurement<int>[]> show) => Last?.Lanes is { } lanes ? show(lanes) : [];
}
