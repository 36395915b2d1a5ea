using Webhooks.Core.Outbox;
using Webhooks.Server.Demo.Cast;

namespace Webhooks.Server.Demo;

/// <summary>The publisher: what happens at the customers', in small batches as they come together.</summary>
internal sealed class DemoTraffic : IHappening
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(55);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly DemoStage _stage;
    private readonly OutboxWriter _outbox;
    private readonly Queue<(DateTimeOffset At, string Application)> _events;
    private readonly double _shares = EventCatalogue.Kinds.Sum(kind => kind.Share);

    public DemoTraffic(DemoStage stage)
    {
        (_stage, _outbox) = (stage, stage.Service.Get<OutboxWriter>());
        _events = new(Company.Applications
            .SelectMany(application => DemoRhythm.Scatter(application.Messages, stage.Since, stage.Until, stage.Chance)
                .Select(time => (time, application.Uid)))
            .OrderBy(happened => happened.time));
    }

    public DateTimeOffset NextAt => _events.TryPeek(out var next) ? next.At : DateTimeOffset.MaxValue;

    public async Task GoOnAsync()
    {
        var batch = new List<PublishRequest>();
        var until = NextAt + Together;
        while (NextAt < until)
            batch.Add(Publish(_events.Dequeue().Application));

        var results = await _outbox.CommitAsync(batch);
        if (results.Any(result => result.Status != PublishStatus.Accepted))
            throw new InvalidOperationException("The outbox refused an event of the demonstration.");
    }

    private PublishRequest Publish(string application)
    {
        var draw = new Draw(_stage.Chance, _stage.Now);
        var kind = KindOf(_stage.Chance.NextDouble() * _shares);
        var payload = Payloads.Of(kind, draw);
        var eventId = draw.Number(0, 3) == 0 ? draw.Id("evt_", 16) : null;
        return new PublishRequest(application, kind.Name, eventId, kind.Channels, Payloads.ToBytes(payload), Kept, null, null)
        {
            OrderingKey = Payloads.OrderingKeyOf(kind, payload),
        };
    }

    private static EventKind KindOf(double share) =>
        EventCatalogue.Kinds.FirstOrDefault(kind => (share -= kind.Share) < 0) ?? EventCatalogue.Kinds[0];
}
