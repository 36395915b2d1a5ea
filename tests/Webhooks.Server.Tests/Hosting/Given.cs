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

    /// <summary>A client with a key of that scope.</summary>
    public static async Task<ApiClient> KeyAsync(this ApiHost host, string scope, string? app = null)
    {
        var application = app is null ? "" : $$""","applicationId":"{{app}}" """;
        return host.As((await host.Api.PostAsync("/api-key", $$"""{"name":"k","scope":"{{scope}}"{{application}}}""")).Expect(201)["key"]);
    }
}
