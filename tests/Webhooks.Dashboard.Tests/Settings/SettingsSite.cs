using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests.Settings;

/// <summary>A server that may tell people over plain http.</summary>
public sealed class SettingsSite : DashboardSite
{
    internal ChannelReceiver Receiver { get; } = new();

    protected override Task PrepareAsync()
    {
        Home.Settings["Webhooks__Notifications__AllowPlaintext"] = "true";
        return Receiver.StartAsync();
    }

    protected override ValueTask EndAsync() => Receiver.DisposeAsync();
}
