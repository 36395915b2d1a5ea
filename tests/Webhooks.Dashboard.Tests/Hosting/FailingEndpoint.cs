using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>An application with an endpoint whose subscriber refuses everything until it is well again, and what died of that.</summary>
internal sealed class FailingEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private static readonly int[] Schedule = [1];

    private readonly DashboardSite _site;
    private readonly Subscriber _subscriber;
    private int _status = 500;

    private FailingEndpoint(DashboardSite site, Subscriber subscriber) => (_site, _subscriber) = (site, subscriber);

    /// <summary>The application's id.</summary>
    public string App { get; private set; } = "";

    public SubscribedEndpoint Endpoint { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="letters">How many messages it gets, and fails at.</param>
    /// <param name="type">Of which event type those are.</param>
    public static async Task<FailingEndpoint> StartAsync(
        DashboardSite site, int letters, string name = "Acme", string type = "invoice.paid")
    {
        var failing = new FailingEndpoint(site, await Subscriber.StartAsync(Cancel));
        failing.App = Text(await site.Api.PostAsync("/app", new { name }, HttpStatusCode.Created, Cancel), "id");
        failing.Endpoint = failing._subscriber.Add("orders", (_, _) => Task.FromResult(Volatile.Read(ref failing._status)));
        failing.Endpoint.Id = Text(
            await site.Api.PostAsync(
                $"/app/{failing.App}/endpoint",
                new { url = failing.Endpoint.Url, secret = failing.Endpoint.Secret, retryScheduleSeconds = Schedule },
                HttpStatusCode.Created, Cancel),
            "id");
        for (var n = 0; n < letters; n++)
            await site.Api.PostAsync(
                $"/app/{failing.App}/msg", new { eventType = type, payload = new { n } }, HttpStatusCode.Accepted, Cancel);
        await failing.LettersAsync("open", letters);
        return failing;
    }

    /// <summary>From now on the subscriber answers 200.</summary>
    public void Heal() => Volatile.Write(ref _status, 200);

    /// <summary>The ids of its dead letters in a state, once there are so many.</summary>
    public async Task<List<string>> LettersAsync(string state, int count)
    {
        List<string> letters = [];
        await Eventually.TrueAsync(
            async cancel =>
            {
                var found = await _site.Api.GetAsync($"/dead-letter?app_id={App}&state={state}", cancel);
                letters = [.. found.GetProperty("data").EnumerateArray().Select(letter => Text(letter, "id"))];
                return letters.Count == count;
            },
            Soon, TimeSpan.FromMilliseconds(100), () => $"{letters.Count} are {state}. The server printed:\n{_site.Server.Output}", Cancel);
        return letters;
    }

    /// <summary>Its incident, once there is one.</summary>
    public async Task<string> IncidentAsync()
    {
        List<JsonElement> incidents = [];
        await Eventually.TrueAsync(
            async cancel =>
            {
                var found = await _site.Api.GetAsync($"/incident?app_id={App}", cancel);
                incidents = [.. found.GetProperty("data").EnumerateArray()];
                return incidents.Exists(incident => Text(incident, "kind") == "rejected");
            },
            Soon, TimeSpan.FromMilliseconds(100), () => $"No incident. The server printed:\n{_site.Server.Output}", Cancel);
        return Text(incidents.Find(incident => Text(incident, "kind") == "rejected"), "id");
    }

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
