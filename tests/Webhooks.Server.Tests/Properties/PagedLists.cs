using System.Text.RegularExpressions;
using Webhooks.Server.Tests.DeadLetters;
using Webhooks.Server.Tests.Hosting;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.Properties;

/// <summary>Every list that the API's description has, with entries in it.</summary>
internal sealed class PagedLists
{
    private readonly ApiHost _host;
    private readonly string _app;
    private readonly string _endpoint;
    private readonly string _message;
    private readonly string _channel;
    private readonly string _incident;

    private PagedLists(ApiHost host, string app, string endpoint, string message, string channel, string incident) =>
        (_host, _app, _endpoint, _message, _channel, _incident) = (host, app, endpoint, message, channel, incident);

    public static async Task<PagedLists> MakeAsync(ApiHost host, int entries)
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var (message, channel) = (await host.MessageAsync(app), await host.ChannelAsync());
        var lists = new PagedLists(host, app, endpoint, message, channel, await host.IncidentAsync(app, endpoint));
        for (var i = 0; i < entries; i++)
            await lists.AddAsync();
        return lists;
    }

    /// <summary>The paths, with a question mark; those with a choice of order in both.</summary>
    public async Task<List<string>> PathsAsync()
    {
        var document = new OpenApiDescription((await _host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json);
        return [.. document.Operations.Values.Where(o => o.Method == "get" && IsList(document, o)).SelectMany(o =>
            o.QueryParameters.Contains("order")
                ? new[] { $"{PathOf(o)}?order=ascending&", $"{PathOf(o)}?order=descending&" }
                : [$"{PathOf(o)}?"])];
    }

    /// <summary>One entry more in every list: some grow at their beginning, some at their end, some anywhere.</summary>
    public async Task AddAsync()
    {
        await _host.ApplicationAsync();
        await _host.EventTypeAsync($"page.{Guid.NewGuid():N}");
        await _host.KeyAsync("publish");
        await _host.MessageAsync(_app);
        (await _host.Api.PostAsync($"/app/{_app}/msg/{_message}/endpoint/{await _host.EndpointAsync(_app)}/resend")).Expect(202);
        await _host.AttemptAsync(_message, _endpoint);
        await _host.DeadLetterAsync(_app);
        await AddIncidentAsync();
        await _host.NotificationAsync(_incident, await _host.ChannelAsync());
    }

    private async Task AddIncidentAsync()
    {
        var app = await _host.ApplicationAsync();
        await _host.IncidentAsync(app, await _host.EndpointAsync(app));
        (await _host.Api.PostAsync($"/incident/{_incident}/comment", """{"text":"c"}""")).Expect(200);
        (await _host.Api.PostAsync("/escalation-policy", $$"""
            {"name":"p","applicationId":"{{app}}","steps":[{"afterMinutes":0,"channels":["{{_channel}}"]}]}
            """)).Expect(201);
    }

    private string PathOf(ApiOperation operation) => "/" + Regex.Replace(operation.Path, "{(.*?)}", slot => slot.Groups[1].Value switch
    {
        "app_id" => _app,
        "msg_id" => _message,
        "incident_id" => _incident,
        _ => _endpoint,
    });

    private static bool IsList(OpenApiDescription document, ApiOperation operation) =>
        operation.QueryParameters.Contains("iterator")
        && operation.Answer("200") is { } answer
        && document.Resolve(answer).GetProperty("properties").TryGetProperty("prevIterator", out _);
}
