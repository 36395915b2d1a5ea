using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo;

/// <summary>
/// The pump and the worker, but for the network between claim and record: what an attempt shows is said by the endpoint's climate, and it
/// is recorded when it would have ended.
/// </summary>
internal sealed class DemoSending(DemoStage stage, DemoUpkeep upkeep) : IHappening
{
    /// <summary>Attempts that end so close together share a commit.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(120);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly Climate Otherwise = Climates.Healthy();

    private readonly IWebhooksSql _sql = stage.Service.Get<IWebhooksSql>();
    private readonly AttemptRecorder _recorder = stage.Service.Get<AttemptRecorder>();
    private readonly IdGenerator _ids = stage.Service.Get<IdGenerator>();
    private readonly DeliveryOptions _options = stage.Service.Get<IOptions<DeliveryOptions>>().Value;
    private readonly PriorityQueue<UnderWay, DateTimeOffset> _underWay = new();
    private DateTimeOffset _looksAt = DateTimeOffset.MinValue;
    private DateTimeOffset _stalledUntil = DateTimeOffset.MinValue;
    private NodeName? _successor;

    public DateTimeOffset NextAt
    {
        get
        {
            var looksAt = _looksAt > _stalledUntil ? _looksAt : _stalledUntil;
            return _underWay.TryPeek(out _, out var endsAt) && endsAt < looksAt ? endsAt : looksAt;
        }
    }

    public void WakeUp() => _looksAt = DateTimeOffset.MinValue;

    /// <summary>Nothing is claimed for a while, though it is due.</summary>
    public void Stall(TimeSpan time) => _stalledUntil = stage.Now + time;

    /// <summary>The process dies as soon as it has something under way, and another takes its place.</summary>
    public void Crash(NodeName successor) => _successor = successor;

    public async Task GoOnAsync()
    {
        await RecordAsync(stage.Now + Together);
        if (stage.Now >= _stalledUntil)
            await ClaimAsync();
    }

    /// <summary>The last attempts may end a moment after the week: whoever starts the server finds nothing in between.</summary>
    public async Task FinishAsync()
    {
        while (_underWay.Count > 0)
            await RecordAsync(DateTimeOffset.MaxValue);
    }

    private async Task ClaimAsync()
    {
        var now = stage.Clock.GetUtcMicroseconds();
        var claim = await _sql.ClaimAsync(
            new ClaimRequest(
                now, _options.MaxInFlightPerNode - _underWay.Count, _options.MaxInFlightPerNode / 2, RandomNumberGenerator.GetBytes(16),
                now + _options.Lease, stage.Node.Value, _options.MaxInFlightPerEndpoint),
            CancellationToken.None);
        foreach (var delivery in claim.Deliveries)
            Begin(delivery, now);
        if (_successor is not null && _underWay.Count > 1)
            GiveWay(_successor);

        _looksAt = claim.NextReadyAt is not { } readyAt ? DateTimeOffset.MaxValue
            : readyAt > now || claim.Deliveries.Count > 0 ? readyAt
            : now + LookAgain;
    }

    // What was under way is lost: its leases run out, and the sweep closes its attempts as unknown.
    private void GiveWay(NodeName successor)
    {
        _underWay.Clear();
        (stage.Node, stage.NodeSince, _successor) = (successor, stage.Now, null);
    }

    private void Begin(ClaimedDelivery delivery, DateTimeOffset now)
    {
        var request = delivery.Request;
        var climate = stage.Climates.GetValueOrDefault(request.EndpointId, Otherwise);
        var result = climate(new Moment(
            now, now - stage.Midnight, stage.Until - now, request.Number, request.Sequence, request.IsReplay, stage.Chance));
        var attempt = new UnderWay(delivery, result, now);
        _underWay.Enqueue(attempt, attempt.EndsAt);
    }

    private async Task RecordAsync(DateTimeOffset until)
    {
        var records = new List<DeliveryRecord>();
        while (_underWay.TryPeek(out _, out var endsAt) && endsAt <= until)
        {
            stage.Clock.MoveTo(endsAt);
            records.Add(RecordOf(_underWay.Dequeue()));
        }

        await Task.WhenAll(records.Select(_recorder.RecordAsync));
        if (records.Exists(record => record.IsForPerson || record.Lane.Gone))
            upkeep.Hurry();
        if (records.Count > 0)
            WakeUp();
    }

    private DeliveryRecord RecordOf(UnderWay ended)
    {
        var attempt = AttemptRow.Of(ended.Delivery, ended.Result, _ids.New<AttemptId>(), ended.StartedAt, stage.Node);
        return new DeliveryDecision(_options, stage.Clock.GetUtcMicroseconds(), stage.Chance.NextDouble(), _ids)
            .Decide(ended.Delivery, ended.Result, attempt);
    }

    private sealed record UnderWay(ClaimedDelivery Delivery, AttemptResult Result, DateTimeOffset StartedAt)
    {
        public DateTimeOffset EndsAt => StartedAt + Result.Timings.Total;
    }
}
