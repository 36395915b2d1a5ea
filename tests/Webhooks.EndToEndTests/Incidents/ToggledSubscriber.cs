using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>One that refuses everything until it is well.</summary>
internal sealed class ToggledSubscriber
{
    private volatile bool _isWell;

    public ToggledSubscriber(Subscriber at, string name) => Endpoint = at.Add(name, (_, _) => Task.FromResult(_isWell ? 204 : 500));

    public SubscribedEndpoint Endpoint { get; }

    public bool IsWell
    {
        get => _isWell;
        set => _isWell = value;
    }
}
