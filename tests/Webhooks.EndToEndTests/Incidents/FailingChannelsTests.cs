using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>Channels that hang, refuse and work again: somebody is told at once all the same, and once.</summary>
public sealed class FailingChannelsTests
{
    private const int MostMessages = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_OneChannelHangsAndAnotherRefuses_APersonIsToldOnceAndHearsOfTheChannelUntilItWorks()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        await using var refusing = await AlertReceiver.StartAsync(answersAfter: null, Cancel);
        await using var person = await AlertReceiver.StartAsync(answersAfter: null, Cancel);
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start(); // it is connected to, and never says a word
        refusing.Status = StatusCodes.Status404NotFound;
        using var home = Home();
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var hangs = await ChannelAsync(api, "Hangs", new Uri($"https://{hanging.LocalEndpoint}/alerts"), person.Secret);
        var refuses = await ChannelAsync(api, "Refuses", refusing.Url, refusing.Secret);
        var tells = await ChannelAsync(api, "Person", person.Url, person.Secret);
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        await PolicyAsync(api, application: "acme", [hangs], [refuses, tells]);
        await PolicyAsync(api, application: null, [tells]);

        await TroubleAsync(api, subscriber);
        await UntilAsync(() => Told(person, "rejected", "escalated") > 0 && Told(person, "channel", "escalated", refuses) > 0, server);

        // The hanging one is tried on, and has not ended yet; the other has an incident of its own, until somebody has mended it.
        var notices = await api.ListAsync("/notification", Cancel);
        notices.ShouldContain(notice => Text(notice, "channelId") == hangs && Text(notice, "state") == "waiting");
        notices.ShouldContain(notice => Text(notice, "channelId") == refuses && Text(notice, "state") == "failed");
        (await IncidentOfAsync(api, refuses)).GetProperty("state").GetString().ShouldBe("open");
        refusing.Status = StatusCodes.Status204NoContent;
        await api.PostAsync($"/channel/{refuses}/test", new { }, HttpStatusCode.OK, Cancel);
        await UntilAsync(() => Told(person, "channel", "resolved", refuses) > 0, server);

        (await IncidentOfAsync(api, refuses)).GetProperty("resolvedBy").GetString().ShouldBe("service");
        Told(person, "rejected", "escalated").ShouldBe(1, "the policy of an hour has not begun again");
        person.Alerts.Count.ShouldBeLessThanOrEqualTo(MostMessages);
    }

    private static ServerHome Home()
    {
        var home = new ServerHome();
        home.Settings["Webhooks__Notifications__AllowPlaintext"] = "true";
        home.Settings["Webhooks__Notifications__AllowedNetworks__0"] = "127.0.0.0/8";
        home.Settings["Webhooks__Delivery__ConnectTimeout"] = "00:00:00.5"; // how long it hangs for each try, twice over: TCP and TLS
        return home;
    }

    private static async Task<string> ChannelAsync(Api api, string name, Uri url, string secret)
    {
        var channel = new { name, type = "webhook", settings = new { url, secret } };
        return Text(await api.PostAsync("/channel", channel, HttpStatusCode.Created, Cancel), "id");
    }

    /// <param name="application">Null for the service's own incidents, and all others.</param>
    private static Task<JsonElement> PolicyAsync(Api api, string? application, params string[][] channels)
    {
        var steps = channels.Select((told, index) => new { afterMinutes = 15 * index, channels = told }).ToList();
        return api.PostAsync(
            "/escalation-policy", new { name = "On call", applicationId = application, steps, repeatEveryMinutes = 60 },
            HttpStatusCode.Created, Cancel);
    }

    /// <summary>A dead letter.</summary>
    private static async Task TroubleAsync(Api api, Subscriber subscriber)
    {
        var endpoint = subscriber.Add("orders", (_, _) => Task.FromResult(500));
        await api.PostAsync(
            "/app/acme/endpoint", new { url = endpoint.Url, secret = endpoint.Secret, retryScheduleSeconds = Array.Empty<int>() },
            HttpStatusCode.Created, Cancel);
        await api.PostAsync("/app/acme/msg", new { eventType = "invoice.paid", payload = new { n = 1 } }, HttpStatusCode.Accepted, Cancel);
    }

    /// <summary>How often the receiver was told that of an incident of a kind, or of a channel's.</summary>
    private static int Told(AlertReceiver receiver, string kind, string reason, string? channel = null) => receiver.Alerts
        .SelectMany(alert => alert.GetProperty("data").GetProperty("incidents").EnumerateArray())
        .Count(incident => (Text(incident, "kind"), Text(incident, "reason")) == (kind, reason)
            && (channel is null || Text(incident.GetProperty("channel"), "id") == channel));

    private static async Task<JsonElement> IncidentOfAsync(Api api, string channel) =>
        (await api.ListAsync("/incident?kind=channel", Cancel)).Single(incident => Text(incident, "channelId") == channel);

    private static Task UntilAsync(Func<bool> holds, ServerProcess server) =>
        Eventually.TrueAsync(holds, Soon, () => $"It did not come to that. The server printed:\n{server.Output}", Cancel);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
