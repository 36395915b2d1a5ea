using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;
using Webhooks.Core.Security;
using Webhooks.Core.Tests.Notifications;

namespace Webhooks.Core.Tests.Channels;

/// <summary>All senders as they are in the service, on a clock of their own.</summary>
internal sealed class ChannelHarness : IDisposable
{
    private readonly ChannelVault _vault = new(new SecretProtectors(new EphemeralDataProtectionProvider()));
    private readonly ChannelHttp _http;
    private readonly ChannelTeller _teller;

    public ChannelHarness(NotificationOptions? options = null, TimeSpan? connectTimeout = null)
    {
        var notifications = Options.Create(options ?? Open());
        var deliveries = Options.Create(new DeliveryOptions { ConnectTimeout = connectTimeout ?? new DeliveryOptions().ConnectTimeout });
        var environment = new HostingEnvironment { EnvironmentName = "Production" };
        var network = new ChannelNetwork(
            notifications, deliveries, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), environment, Clock);
        var authorities = new TrustedAuthorities(notifications.Value);
        _http = new(deliveries, network, authorities, Clock);
        _teller = new(
            [
                new EmailSender(authorities, notifications), new SlackSender(_http), new TeamsSender(_http), new PagerDutySender(_http),
                new WebhookSender(_http, Clock),
            ],
            _vault, Clock, NullLogger<ChannelTeller>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(Told.Now);

    /// <summary>This machine itself is opened, and so is what is not secured.</summary>
    public static NotificationOptions Open(string? authorities = null) => new()
    {
        AllowedNetworks = ["127.0.0.0/8"], AllowPlaintext = true, TrustedAuthorities = authorities,
    };

    public Channel Channel(ChannelType type, ChannelSettings settings) => new()
    {
        Id = new ChannelId(1), Name = "On-call", Type = type, ProtectedSettings = _vault.Protect(settings), CreatedAt = Told.Now, UpdatedAt = Told.Now,
    };

    public Task<ChannelAnswer> SendAsync(ChannelType type, ChannelSettings settings, NoticeMessage message) =>
        SendAsync(Channel(type, settings), message);

    public Task<ChannelAnswer> SendAsync(Channel channel, NoticeMessage message) =>
        _teller.SendAsync(channel, message, TestContext.Current.CancellationToken);

    public Task<ChannelAnswer> CheckAsync(ChannelType type, ChannelSettings settings) =>
        _teller.CheckAsync(Channel(type, settings), Told.Heartbeat(), TestContext.Current.CancellationToken);

    /// <summary>Lets time go by until it is done: waits and timeouts go by the clock of the test.</summary>
    public async Task<ChannelAnswer> PassTimeAsync(Task<ChannelAnswer> sending)
    {
        while (!sending.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await sending;
    }

    public void Dispose() => _http.Dispose();
}
