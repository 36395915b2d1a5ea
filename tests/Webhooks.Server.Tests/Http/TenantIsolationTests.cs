using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.DeadLetters;
using Webhooks.Server.Tests.Hosting;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.Http;

/// <summary>
/// Walks the API's own description, so that a new operation can't be forgotten: it hides other applications, or refuses applications'
/// keys and stands in the list of those that do.
/// </summary>
public sealed class TenantIsolationTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>Operations on an application that its own keys may not use.</summary>
    private static readonly HashSet<string> FullAccessOnly =
    [
        "put /api/v1/app/{app_id}", "patch /api/v1/app/{app_id}", "delete /api/v1/app/{app_id}",
        "post /api/v1/app/{app_id}/msg", "post /api/v1/app/{app_id}/msg/batch", "post /api/v1/app/{app_id}/msg/precheck/active",
        "delete /api/v1/app/{app_id}/msg/{msg_id}/content",
        "delete /api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content",
        "post /api/v1/auth/app-portal-access/{app_id}", "post /api/v1/auth/app/{app_id}/expire-all",
    ];

    /// <summary>The slots of paths that only one application may see behind.</summary>
    private static readonly string[] OfAnApplication = ["{app_id}", "{task_id}"];

    /// <summary>Operations on no application that applications' keys may use.</summary>
    private static readonly HashSet<string> Shared =
        ["get /api/v1/event-type", "get /api/v1/event-type/{event_type_name}", "post /api/v1/auth/logout", "get /api/v1/background-task"];

    [Fact]
    public async Task EveryOperation_OnAnotherApplication_IsNotFoundOrForbidden()
    {
        var (own, other) = (await ResourcesAsync(), await ResourcesAsync());
        var portal = await host.KeyAsync("application", own.App);
        var document = await DocumentAsync();

        foreach (var operation in document.Operations.Values.Where(o => o.NeedsKey && !Shared.Contains(o.Name)))
        {
            var isHidden = OfAnApplication.Any(slot => operation.Path.Contains(slot, StringComparison.Ordinal))
                && !FullAccessOnly.Contains(operation.Name);
            foreach (var target in new[] { other, other with { App = other.AppUid, Endpoint = other.EndpointUid, Message = other.EventId } })
            {
                var answer = await SendAsync(portal, document, operation, target);

                answer.Status.ShouldBe(isHidden ? 404 : 403, $"{operation.Name}: {answer.Text}");
                answer["code"].ShouldBe(isHidden ? "not_found" : "permission_denied", operation.Name);
            }
        }
    }

    [Fact]
    public async Task EveryOperation_OnItsOwnApplicationWithAnothersResource_IsNotFound()
    {
        var (own, other) = (await ResourcesAsync(), await ResourcesAsync());
        var portal = await host.KeyAsync("application", own.App);
        var document = await DocumentAsync();
        var inside = document.Operations.Values.Where(o =>
            o.Path.StartsWith("/api/v1/app/{app_id}/", StringComparison.Ordinal) && o.Path.Split('{').Length > 2 && !FullAccessOnly.Contains(o.Name));

        foreach (var operation in inside)
        {
            var answer = await SendAsync(portal, document, operation, other with { App = own.App });

            answer.Status.ShouldBe(404, $"{operation.Name}: {answer.Text}");
        }
    }

    [Fact]
    public async Task EveryOperation_OfFullAccess_IsForbiddenOnItsOwnApplicationToo()
    {
        var own = await ResourcesAsync();
        var portal = await host.KeyAsync("application", own.App);
        var document = await DocumentAsync();

        foreach (var name in FullAccessOnly)
        {
            var answer = await SendAsync(portal, document, document.Operations[name], own);

            answer.Status.ShouldBe(403, $"{name}: {answer.Text}");
        }
    }

    [Fact]
    public async Task EveryOperation_WithoutAKey_IsNotAuthenticated()
    {
        var document = await DocumentAsync();
        var resources = await ResourcesAsync();

        foreach (var operation in document.Operations.Values.Where(o => o.NeedsKey))
            (await SendAsync(host.As(null), document, operation, resources)).Status.ShouldBe(401, operation.Name);
    }

    private async Task<OpenApiDescription> DocumentAsync() => new((await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json);

    private static Task<ApiAnswer> SendAsync(ApiClient client, OpenApiDescription document, ApiOperation operation, Resources target) =>
        client.SendAsync(new HttpMethod(operation.Method.ToUpperInvariant()), "/" + target.Fill(operation.Path), document.SmallestBody(operation));

    private async Task<Resources> ResourcesAsync()
    {
        var (appUid, endpointUid, eventId) = ($"a-{Guid.NewGuid():N}", $"e-{Guid.NewGuid():N}", $"m-{Guid.NewGuid():N}");
        var app = await host.ApplicationAsync(appUid);
        var endpoint = await host.EndpointAsync(app, $",\"uid\":\"{endpointUid}\"");
        var message = await host.MessageAsync(app, more: $",\"eventId\":\"{eventId}\"");
        var (attempt, task, letter) = (await AttemptAsync(message), await TaskAsync(app, endpoint), await host.DeadLetterOfAsync(message));
        return new Resources(app, appUid, endpoint, endpointUid, message, eventId, attempt, task, letter);
    }

    private async Task<string> TaskAsync(string app, string endpoint) =>
        (await host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/recover", """{"since":"2026-01-31T00:00:00Z"}""")).Expect(202).Id;

    private async Task<string> AttemptAsync(string message)
    {
        IdText.TryParse<MessageId>(message, out var messageId).ShouldBeTrue();
        var id = host.Ids.New<AttemptId>();
        await host.WriteAsync(db =>
        {
            var delivery = db.Deliveries.Single(d => d.MessageId == messageId);
            db.Attempts.Add(new Attempt
            {
                Id = id,
                DeliveryId = delivery.Id,
                MessageId = messageId,
                EndpointId = delivery.EndpointId,
                Number = 1,
                TriggerType = AttemptTrigger.Scheduled,
                StartedAt = host.Clock.GetUtcNow(),
                Outcome = AttemptOutcome.Delivered,
                Url = "https://example.com/hook",
                TotalMicroseconds = 1,
                Node = "node-1",
            });
        });
        return id.ToString();
    }

    private sealed record Resources(
        string App, string AppUid, string Endpoint, string EndpointUid, string Message, string EventId, string Attempt, string Task,
        string Letter)
    {
        // What names no application's resource is filled with a name that nothing has.
        public string Fill(string path) => System.Text.RegularExpressions.Regex.Replace(path, "{(.*?)}", slot => slot.Groups[1].Value switch
        {
            "app_id" => App,
            "endpoint_id" or "sink_id" => Endpoint,
            "msg_id" => Message,
            "attempt_id" => Attempt,
            "task_id" => Task,
            "dlv_id" => Letter,
            _ => "none",
        });
    }
}
