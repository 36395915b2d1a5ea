using Webhooks.Core.ApiKeys;
using Webhooks.Core.Nodes;

namespace Webhooks.Server.Demo;

/// <summary>Lives through the week: whatever comes next moves the clock to its time and happens.</summary>
internal sealed class DemoWeek
{
    private readonly DemoStage _stage;
    private readonly DemoSending _sending;
    private readonly DemoBooks _books;
    private readonly IReadOnlyList<IHappening> _all;

    public DemoWeek(DemoStage stage)
    {
        var upkeep = new DemoUpkeep(stage);
        (_stage, _books, _sending) = (stage, new DemoBooks(stage), new DemoSending(stage, upkeep));
        _all = [new DemoTraffic(stage), _sending, upkeep, _books, new DemoPeople(stage, _sending, upkeep)];
    }

    public async Task RunAsync()
    {
        while (_all.MinBy(happening => happening.NextAt) is { } next && next.NextAt <= _stage.Until)
        {
            _stage.Clock.MoveTo(next.NextAt);
            await next.GoOnAsync();
            if (next != _sending)
                _sending.WakeUp(); // a hint, as in the service: looking in vain costs one read
        }

        _stage.Clock.MoveTo(_stage.Until);
        await _sending.FinishAsync();
        await _books.CloseAsync();
        await AddNodeAsync();
        await _stage.Service.Get<ApiKeyUsage>().WriteAsync(CancellationToken.None);
    }

    // A heartbeat would speak of now, which is not the week's time. The next start's cleanup forgets it after a day, as any dead node.
    private Task AddNodeAsync() => _stage.Service.WriteAsync(db => db.Nodes.Add(new Node
    {
        Name = _stage.Node.Value,
        Roles = NodeRoles.All,
        Version = _stage.Service.Get<NodeSelf>().Version,
        StartedAt = _stage.NodeSince,
        SeenAt = _stage.Until,
    }));
}
