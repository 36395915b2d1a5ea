using Webhooks.Server.Demo.People;

namespace Webhooks.Server.Demo;

/// <summary>What people do, and what befalls the service, at the times of the script.</summary>
internal sealed class DemoPeople(DemoStage stage, DemoSending sending, DemoUpkeep upkeep) : IHappening
{
    private readonly Queue<Act> _acts = new(
        new[] { new OnCall(stage).Acts, new SupportDesk(stage).Acts, new Operators(stage, sending).Acts }
            .SelectMany(acts => acts).Where(act => act.At > stage.Since && act.At < stage.Until).OrderBy(act => act.At));

    public DateTimeOffset NextAt => _acts.TryPeek(out var next) ? next.At : DateTimeOffset.MaxValue;

    public async Task GoOnAsync()
    {
        await _acts.Dequeue().DoAsync();
        upkeep.Hurry();
    }
}
