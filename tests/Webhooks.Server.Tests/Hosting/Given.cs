using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Tests.Hosting;

/// <summary>Things that tests begin with, made over the API.</summary>
internal static class Given
{
    public static async Task<string> ApplicationAsync(this ApiHost host, string? uid = null)
    {
        var made = await host.Api.PostAsync("/app", uid is null ? """{"name":"a"}""" : $$"""{"name":"a","uid":"{{uid}}"}""");
        return made.Expect(201).Id;
    }

    public static async Task<string> EndpointAsync(this ApiHost host, string app, string more = "") =>
        (await host.Api.PostAsync($"/app/{app}/endpoint", $$"""{"url":"https://example.com/hook"{{more}}}""")).Expect(201).Id;

    public static async Task EventTypeAsync(this ApiHost host, string name) =>
        (await host.Api.PostAsync("/event-type", $$"""{"name":"{{name}}","description":"d"}""")).Expect(201);

    public static async Task EventTypeIfMissingAsync(this ApiHost host, string name)
    {
        if ((await host.Api.GetAsync($"/event-type/{name}")).Status == 404)
            await host.EventTypeAsync(name);
    }

    public static async Task<string> MessageAsync(this ApiHost host, string app, string eventType = "invoice.paid", string more = "") =>
        (await host.Api.PostAsync($"/app/{app}/msg", $$"""{"eventType":"{{eventType}}","payload":{"n":1}{{more}}}""")).Expect(202).Id;

    /// <summary>An attempt that the endpoint refused: none is really made here.</summary>
    public static async Task<string> AttemptAsync(this ApiHost host, string message, string endpoint)
    {
        IdText.TryParse<MessageId>(message, out var messageId).ShouldBeTrue();
        IdText.TryParse<EndpointId>(endpoint, out var endpointId).ShouldBeTrue();
        var id = host.Ids.New<AttemptId>();
        await host.WriteAsync(db => db.Attempts.Add(new Attempt
        {
            Id = id,
            DeliveryId = db.Deliveries.First(d => d.MessageId == messageId && d.EndpointId == endpointId).Id,
            MessageId = messageId,
            EndpointId = endpointId,
            Number = 1,
            TriggerType = AttemptTrigger.Scheduled,
            StartedAt = host.Clock.GetUtcNow(),
            Outcome = AttemptOutcome.Rejected,
            Url = "https://example.com/hook",
            TotalMicroseconds = 1,
            Node = "node-1",
        }));
        return id.ToString();
    }

    /// <summary>A channel, over which nothing is sent here.</summary>
    public static async Task<string> ChannelAsync(this ApiHost host, ChannelId? id = null)
    {
        var channel = new Channel
        {
            Id = id ?? host.Ids.New<ChannelId>(), Name = "on-call", Type = ChannelType.Webhook, ProtectedSettings = [1],
            CreatedAt = host.Clock.GetUtcNow(), UpdatedAt = host.Clock.GetUtcNow(),
        };
        await host.WriteAsync(db => db.Channels.Add(channel));
        return channel.Id.ToString();
    }

    /// <summary>Does something at the desk, as the service's own loops do.</summary>
    public static async Task AtDeskAsync(this ApiHost host, Func<IncidentDesk, Task> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        await using var transaction = await host.Services.GetRequiredService<IWebhooksSql>().BeginWriteAsync(db, CancellationToken.None);
        await act(scope.ServiceProvider.GetRequiredService<IncidentDesk>());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>An incident of an endpoint.</summary>
    public static async Task<string> IncidentAsync(
        this ApiHost host, string app, string endpoint, IncidentKind kind = IncidentKind.Failing)
    {
        IdText.TryParse<ApplicationId>(app, out var application).ShouldBeTrue();
        IdText.TryParse<EndpointId>(endpoint, out var endpointId).ShouldBeTrue();
        Incident? incident = null;
        await host.AtDeskAsync(async desk => incident = await desk.ReportAsync(
            IncidentReport.Of(application, endpointId, kind, "Nothing gets through."), CancellationToken.None));
        return incident!.Id.ToString();
    }

    /// <summary>A client with a key of that scope.</summary>
    public static async Task<ApiClient> KeyAsync(this ApiHost host, string scope, string? app = null)
    {
        var application = app is null ? "" : $$""","applicationId":"{{app}}" """;
        return host.As((await host.Api.PostAsync("/api-key", $$"""{"name":"k","scope":"{{scope}}"{{application}}}""")).Expect(201)["key"]);
    }
}
