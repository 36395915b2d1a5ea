using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Channels;

/// <summary>An API that may reach receivers on this machine, and knows its own address.</summary>
public sealed class NotifyingHost : IAsyncLifetime
{
    public ApiHost Host { get; } = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Webhooks:Notifications:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Webhooks:Notifications:AllowPlaintext"] = "true",
            ["Webhooks:Notifications:PublicUrl"] = "https://webhooks.test",
        },
    };

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
