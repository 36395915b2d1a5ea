using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Settings;
using Webhooks.Core.Telemetry;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>What tests of telling people share: nodes that tell, channels that are told, incidents to be told of.</summary>
public abstract class NotificationTests(Store store) : StoreTests(store)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly EphemeralDataProtectionProvider _keys = new();

    private protected ServiceProvider NewNode(params (string Setting, string Value)[] settings) => NewNode(Sql, settings);

    /// <param name="sql">How it reaches the database.</param>
    private protected ServiceProvider NewNode(IWebhooksSql sql, params (string Setting, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create($"Webhooks:Notifications:{s.Setting}", (string?)s.Value))
                .Append(new("Webhooks:Notifications:AllowedNetworks:0", "127.0.0.0/8"))
                .Append(new("Webhooks:Notifications:AllowPlaintext", "true"))).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Production" });
        services.AddSingleton<TimeProvider>(Clock).AddSingleton(Ids).AddSingleton(sql).AddSingleton(new DatabaseResilience(sql, Clock));
        services.AddSingleton<IDataProtectionProvider>(_keys);
        services.AddScoped(_ => NewContext());
        services.AddSettings<DeliveryOptions>(DeliveryOptions.Section);
        services.AddSecrets().AddNetworkGuard().AddSingleton<NotificationMeter>();
        services.AddSingleton<WebhooksMeter>().AddScoped<LaneSwitch>().AddScoped<EndpointEvents>().AddRetention().AddLedger();
        services.AddIncidents().AddNotifications().AddNotificationSending();
        return services.BuildServiceProvider();
    }

    /// <summary>Sends until there is nothing to send just now, as the pump does for each channel.</summary>
    private protected static async Task<int> SendAllAsync(ServiceProvider node, ChannelId channel)
    {
        var (sender, messages) = (node.GetRequiredService<NotificationSender>(), 0);
        while (await sender.SendNextAsync(channel, Cancel))
            messages++;
        return messages;
    }

    private protected Task<ChannelId> WebhookAsync(HttpReceiver receiver, Action<Channel>? with = null) =>
        ChannelAsync(ChannelType.Webhook, new ChannelSettings { Url = $"{receiver.Address}/hook", Secret = Secret }, with);

    private protected Task<ChannelId> PagerDutyAsync(HttpReceiver receiver, Action<Channel>? with = null) =>
        ChannelAsync(ChannelType.PagerDuty, new ChannelSettings { Url = receiver.Address, RoutingKey = "key" }, with);

    private protected Task<ChannelId> ChatAsync(ChannelType type, HttpReceiver receiver) =>
        ChannelAsync(type, new ChannelSettings { Url = $"{receiver.Address}/hook" }, with: null);

    /// <summary>The policy of all applications.</summary>
    private protected Task PolicyAsync(int? repeatMinutes, params IReadOnlyList<(int AfterMinutes, ChannelId[] Channels)> steps) =>
        Given.SaveAsync(new EscalationPolicy
        {
            Id = Ids.New<EscalationPolicyId>(), Name = "On call",
            Steps = [.. steps.Select(step => new EscalationStep(step.AfterMinutes, [.. step.Channels.Select(id => id.ToString())]))],
            RepeatEvery = repeatMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, CreatedAt = Now, UpdatedAt = Now,
        });

    /// <summary>Two steps, of which an incident has taken the first.</summary>
    private protected Task PolicyAsync(ChannelId channel) => PolicyAsync(null, (0, [channel]), (15, [channel]));

    private protected async Task<IncidentId> IncidentAsync(Action<Incident>? with = null, Endpoint? of = null)
    {
        var id = Ids.New<IncidentId>();
        var incident = new Incident
        {
            Id = id, Kind = IncidentKind.Rejected, Key = id.ToString(), State = IncidentState.Open, Summary = "It refuses.", OpenedAt = Now,
            OccurredAt = Now, EscalatesAt = Now.AddMinutes(15), NextStep = 1, EndpointId = of?.Id, ApplicationId = of?.ApplicationId,
        };
        with?.Invoke(incident);
        await Given.SaveAsync(incident);
        return id;
    }

    private protected async Task<NotificationId> NotificationAsync(
        IncidentId incident, ChannelId channel, NotificationReason reason = NotificationReason.Escalated, TimeSpan dueIn = default)
    {
        var id = Ids.New<NotificationId>();
        await Given.SaveAsync(new Notification
        {
            Id = id, IncidentId = incident, ChannelId = channel, Reason = reason, Step = 0, State = NotificationState.Waiting,
            DueAt = Now + dueIn, CreatedAt = Now,
        });
        return id;
    }

    private protected Task<Notification> SavedAsync(NotificationId id) => Db.Notifications.SingleAsync(n => n.Id == id, Cancel);

    private protected Task<Channel> SavedAsync(ChannelId id) => Db.Channels.SingleAsync(c => c.Id == id, Cancel);

    private protected Task<Incident> SavedAsync(IncidentId id) => Db.Incidents.SingleAsync(i => i.Id == id, Cancel);

    private protected Task<List<IncidentEventType>> TimelineAsync(IncidentId id) =>
        Db.IncidentEvents.Where(e => e.IncidentId == id).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Cancel);

    private async Task<ChannelId> ChannelAsync(ChannelType type, ChannelSettings settings, Action<Channel>? with)
    {
        var channel = new Channel
        {
            Id = Ids.New<ChannelId>(), Name = "On-call", Type = type, CreatedAt = Now, UpdatedAt = Now,
            ProtectedSettings = new ChannelVault(new SecretProtectors(_keys)).Protect(settings),
        };
        with?.Invoke(channel);
        await Given.SaveAsync(channel);
        return channel.Id;
    }

    private protected sealed record Endpoint(Core.Endpoints.EndpointId Id, ApplicationId ApplicationId);
}
