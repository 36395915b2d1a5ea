using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Server.Tests.Channels;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Notifications;

/// <summary>From the link in a message to the incident that somebody sees to.</summary>
public sealed class AcknowledgementPageTests(NotifyingHost notifying) : IClassFixture<NotifyingHost>
{
    private const string Button = "<button";

    private ApiHost Host => notifying.Host;

    private ApiClient Anyone => Host.As(null);

    [Fact]
    public async Task Get_LinkOfAMessage_ShowsTheIncidentAndChangesNothing()
    {
        var (incident, path) = await LinkAsync();

        var page = (await Anyone.GetAsync(path)).Expect(200);
        (await Anyone.SendAsync(HttpMethod.Head, path)).Expect(200).Text.ShouldBeEmpty();
        (await Anyone.SendAsync(HttpMethod.Options, path)).Status.ShouldBe(405);

        page.Text.ShouldContain(Button);
        page.Text.ShouldContain("<form method=\"post\">");
        page.Text.ShouldContain("example.com");
        (await StateAsync(incident)).ShouldBe(IncidentState.Open);
    }

    [Fact]
    public async Task Post_LinkOfAMessage_AcknowledgesInTheChannelsName()
    {
        var (incident, path) = await LinkAsync();

        var page = (await PressAsync(path)).Expect(200);

        page.Text.ShouldContain("on-call (link) sees to it.");
        page.Text.ShouldNotContain(Button);
        var saved = await Host.ReadAsync(db => db.Incidents.SingleAsync(i => i.Id == incident));
        (saved.State, saved.AcknowledgedBy, saved.EscalatesAt).ShouldBe((IncidentState.Acknowledged, "on-call (link)", null));
    }

    [Fact]
    public async Task Post_Twice_TheSecondFindsItDone()
    {
        var (incident, path) = await LinkAsync();
        await PressAsync(path);

        (await PressAsync(path)).Expect(200).Text.ShouldContain("This incident is acknowledged");

        var entries = await Host.ReadAsync(db => db.IncidentEvents.CountAsync(e => e.IncidentId == incident && e.Type == IncidentEventType.Acknowledged));
        entries.ShouldBe(1);
    }

    [Fact]
    public async Task Post_IncidentIsOver_SaysSo()
    {
        var (incident, path) = await LinkAsync();
        (await Host.Api.PostAsync($"/incident/{incident}/resolve", "{}")).Expect(200);

        (await PressAsync(path)).Expect(200).Text.ShouldContain("This incident is over");

        (await StateAsync(incident)).ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task Post_LinkIsTooOld_AcknowledgesNothingAndShowsNothing()
    {
        await using var own = new NotifyingHost();
        await own.InitializeAsync();
        var (incident, path) = await LinkAsync(own.Host);
        own.Host.Clock.Advance(TimeSpan.FromDays(3));

        var page = (await PressAsync(path, own.Host)).Expect(200);

        page.Text.ShouldContain("This link has expired");
        page.Text.ShouldNotContain("example.com");
        (await own.Host.ReadAsync(db => db.Incidents.SingleAsync(i => i.Id == incident))).State.ShouldBe(IncidentState.Open);
    }

    [Fact]
    public async Task Post_IncidentCameBackSince_NeedsTheNewLink()
    {
        var (incident, path) = await LinkAsync();
        await Host.WriteAsync(db => db.Incidents.AsTracking().Single(i => i.Id == incident).Openings = 2);

        (await PressAsync(path)).Expect(200).Text.ShouldContain("This link is outdated");

        (await StateAsync(incident)).ShouldBe(IncidentState.Open);
    }

    [Theory]
    [InlineData("//ack/none")]
    [InlineData("//ack/%3Cscript%3E")]
    [InlineData("//ack/AAAA")]
    public async Task AnyMethod_ForgedLink_IsNotFound(string path)
    {
        (await Anyone.GetAsync(path)).Expect(404).Text.ShouldContain("This link is not valid");
        (await PressAsync(path)).Expect(404).Text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task Get_Page_MayRunNothingAndIsKeptNowhere()
    {
        var (_, path) = await LinkAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Anyone.Address, path[1..]));

        using var answer = await Anyone.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.Headers.GetValues("Content-Security-Policy").Single()
            .ShouldBe("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        answer.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoStore = true });
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldNotContain("<script");
        html.ShouldNotContain("style=");
        (await Anyone.GetAsync("//ack/style.css")).Expect(200).Text.ShouldContain("button");
    }

    private async Task<IncidentState> StateAsync(IncidentId id) => (await Host.ReadAsync(db => db.Incidents.SingleAsync(i => i.Id == id))).State;

    private Task<ApiAnswer> PressAsync(string path, ApiHost? host = null) =>
        (host ?? Host).As(null).SendAsync(HttpMethod.Post, path, [], contentType: "application/x-www-form-urlencoded");

    private Task<(IncidentId Incident, string Path)> LinkAsync() => LinkAsync(Host);

    private static async Task<(IncidentId Incident, string Path)> LinkAsync(ApiHost host)
    {
        var app = await host.ApplicationAsync();
        IdText.TryParse<IncidentId>(await host.IncidentAsync(app, await host.EndpointAsync(app)), out var incident).ShouldBeTrue();
        IdText.TryParse<ChannelId>(await host.ChannelAsync(), out var channel).ShouldBeTrue();
        var token = host.Services.GetRequiredService<AcknowledgementTokens>().Create(incident, 1, channel);
        return (incident, $"//ack/{token}");
    }
}
