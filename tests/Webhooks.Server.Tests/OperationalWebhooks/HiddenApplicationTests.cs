using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Tests.Hosting;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.OperationalWebhooks;

/// <summary>
/// Nobody gets at the operational application by its id, with whatever key. Walks the API's own description, so that a new operation can't
/// be forgotten.
/// </summary>
public sealed class HiddenApplicationTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string Hidden = OperationalApplication.Id.ToString();

    [Fact]
    public async Task EveryOperation_OnTheOperationalApplication_IsNotFound()
    {
        var document = new OpenApiDescription((await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json);
        var (endpoint, message, attempt) = await ResourcesAsync();
        var operations = document.Operations.Values.Where(o => o.Path.Contains("{app_id}", StringComparison.Ordinal)).ToList();

        operations.Count.ShouldBeGreaterThanOrEqualTo(30);
        foreach (var operation in operations)
        {
            var path = operation.Path.Replace("/api/v1", "", StringComparison.Ordinal)
                .Replace("{app_id}", Hidden, StringComparison.Ordinal).Replace("{endpoint_id}", endpoint, StringComparison.Ordinal)
                .Replace("{msg_id}", message, StringComparison.Ordinal).Replace("{attempt_id}", attempt, StringComparison.Ordinal)
                .Replace("{sink_id}", endpoint, StringComparison.Ordinal).Replace("{consumer_id}", "reader", StringComparison.Ordinal);

            var answer = await host.Api.SendAsync(
                new HttpMethod(operation.Method.ToUpperInvariant()), path, document.SmallestBody(operation));

            answer.Status.ShouldBe(404, $"{operation.Name}: {answer.Text}");
            answer["code"].ShouldBe("not_found", operation.Name);
        }
    }

    [Fact]
    public async Task Publish_ToTheOperationalApplication_IsNotFoundAndNotKept()
    {
        const string Brought = ""","application":{"name":"a","uid":"a"}""";

        (await host.Api.PostAsync($"/app/{Hidden}/msg", """{"eventType":"a","payload":{}}""")).Expect(404);
        (await host.Api.PostAsync($"/app/{Hidden}/msg", $$"""{"eventType":"a","payload":{}{{Brought}}}""")).Expect(404);
        (await (await host.KeyAsync("publish")).PostAsync($"/app/{Hidden}/msg", """{"eventType":"a","payload":{}}""")).Expect(404);

        (await host.ReadAsync(db => db.Messages.CountAsync(m => m.EventType == "a"))).ShouldBe(0);
    }

    [Fact]
    public async Task List_Applications_DoesNotShowIt() =>
        (await host.Api.GetAsync("/app?limit=250")).Expect(200).List("id").ShouldNotContain(Hidden);

    [Fact]
    public async Task Create_KeyOfTheOperationalApplication_IsRefused() =>
        (await host.Api.PostAsync("/api-key", $$"""{"name":"k","scope":"application","applicationId":"{{Hidden}}"}""")).Expect(422);

    private async Task<(string Endpoint, string Message, string Attempt)> ResourcesAsync()
    {
        var endpoint = (await host.Api.PostAsync("/operational-webhook/endpoint", """{"url":"https://example.com"}""")).Expect(201).Id;
        IdText.TryParse<EndpointId>(endpoint, out var endpointId).ShouldBeTrue();
        var now = host.Clock.GetUtcNow();
        var message = new Message
        {
            Id = host.Ids.New<MessageId>(), ApplicationId = OperationalApplication.Id, EventType = "endpoint.created", CreatedAt = now,
        };
        var attempt = new Attempt
        {
            Id = host.Ids.New<AttemptId>(), DeliveryId = host.Ids.New<DeliveryId>(), MessageId = message.Id, EndpointId = endpointId,
            Number = 1, TriggerType = AttemptTrigger.Scheduled, StartedAt = now, Outcome = AttemptOutcome.Rejected, Url = "https://example.com",
            TotalMicroseconds = 1, Node = "node",
        };
        var payload = new MessagePayload { MessageId = message.Id, Body = "{}"u8.ToArray(), ExpiresAt = now.AddDays(90) };
        await host.WriteAsync(db => db.AddRange(message, payload, attempt));
        return (endpoint, message.Id.ToString(), attempt.Id.ToString());
    }
}
