using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>From a subscriber that refuses to the person who is told, acknowledges, replays, and is told that it is over.</summary>
public sealed class EscalationTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private static readonly int[] Schedule = [1];

    private int _status = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_ServerIsKilledOnTheWay_APersonIsToldAcknowledgesAndIsToldThatItIsOver()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        await using var alerts = await AlertReceiver.StartAsync(answersAfter: null, Cancel);
        using var home = new ServerHome();
        home.Settings["Webhooks__Notifications__PublicUrl"] = home.Address.ToString().TrimEnd('/');
        home.Settings["Webhooks__Notifications__AllowPlaintext"] = "true";
        home.Settings["Webhooks__Notifications__AllowedNetworks__0"] = "127.0.0.0/8";
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        await using (var first = await ServerProcess.StartReadyAsync(home, Cancel))
        {
            await GivenAsync(api, subscriber, alerts);
            await UntilAsync(async () => await LettersAsync(api, "open") == 3 || await LettersAsync(api, "acknowledged") > 0, first);
            await first.KillAsync(); // somewhere between the dead letters and the message to a person
        }

        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        await UntilAsync(() => Task.FromResult(alerts.Last("incident.escalated") is not null), server);
        var told = alerts.Last("incident.escalated")!.Value.GetProperty("data").GetProperty("incidents")[0];
        (Text(told, "kind"), Text(told, "state")).ShouldBe(("rejected", "open"));
        var link = new Uri(Text(told, "acknowledgeUrl"));

        // A scanner that follows the link does not acknowledge; a person who presses the button does.
        (await TestHttp.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, link), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await IncidentAsync(api, told)).ShouldBe("open");
        (await TestHttp.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, link), Cancel)).IsSuccessStatusCode.ShouldBeTrue();
        (await IncidentAsync(api, told)).ShouldBe("acknowledged");

        Volatile.Write(ref _status, 200);
        await api.PostAsync("/dead-letter/replay", new { appId = "acme" }, HttpStatusCode.Accepted, Cancel);
        await UntilAsync(() => Task.FromResult(alerts.Last("incident.resolved") is not null), server);

        (await IncidentAsync(api, told)).ShouldBe("resolved");
        (await LettersAsync(api, "replayed")).ShouldBe(3);
        alerts.Alerts.SelectMany(alert => alert.GetProperty("data").GetProperty("incidents").EnumerateArray())
            .Where(incident => Text(incident, "kind") == "rejected").Select(incident => Text(incident, "id")).Distinct()
            .ShouldBe([Text(told, "id")], "three dead letters of an endpoint are one incident");
    }

    private async Task GivenAsync(Api api, Subscriber subscriber, AlertReceiver alerts)
    {
        var channel = await api.PostAsync(
            "/channel", new { name = "On-call", type = "webhook", settings = new { url = alerts.Url, secret = alerts.Secret } },
            HttpStatusCode.Created, Cancel);
        await api.PostAsync(
            "/escalation-policy", new { name = "Default", steps = new[] { new { afterMinutes = 0, channels = new[] { Text(channel, "id") } } } },
            HttpStatusCode.Created, Cancel);
        var endpoint = subscriber.Add("orders", (_, _) => Task.FromResult(Volatile.Read(ref _status)));
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        await api.PostAsync(
            "/app/acme/endpoint", new { url = endpoint.Url, secret = endpoint.Secret, retryScheduleSeconds = Schedule },
            HttpStatusCode.Created, Cancel);
        for (var n = 0; n < 3; n++)
            await api.PostAsync("/app/acme/msg", new { eventType = "invoice.paid", payload = new { n } }, HttpStatusCode.Accepted, Cancel);
    }

    private static async Task<int> LettersAsync(Api api, string state) =>
        (await api.GetAsync($"/dead-letter?app_id=acme&state={state}", Cancel)).GetProperty("data").GetArrayLength();

    private static async Task<string> IncidentAsync(Api api, JsonElement told) =>
        Text(await api.GetAsync($"/incident/{Text(told, "id")}", Cancel), "state");

    private static Task UntilAsync(Func<Task<bool>> holds, ServerProcess server) => Eventually.TrueAsync(
        _ => holds(), Soon, TimeSpan.FromMilliseconds(100), () => $"It did not come to that. The server printed:\n{server.Output}", Cancel);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
