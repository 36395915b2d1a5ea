using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Tests.Channels;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Channels;

public sealed class ChannelTestTests(NotifyingHost notifying) : IClassFixture<NotifyingHost>
{
    private ApiHost Host => notifying.Host;

    [Fact]
    public async Task Test_ChannelThatWorks_IsTakenAndNoted()
    {
        await using var slack = await HttpReceiver.StartAsync();
        var channel = await SlackAsync(slack);

        var answer = (await Host.Api.PostAsync($"/channel/{channel}/test")).Expect(200);

        answer.Text.ShouldBe("""{"taken":true,"error":null}""");
        slack.Single.Body.ShouldContain("Test of a Webhooks channel");
        var shown = (await Host.Api.GetAsync($"/channel/{channel}")).Expect(200);
        (shown["succeededAt"], shown["checkedAt"]).ShouldBe(("2026-01-31T12:00:00.000000Z", "2026-01-31T12:00:00.000000Z"));
    }

    [Fact]
    public async Task Test_ChannelThatRefuses_SaysWhyAndOpensNoIncident()
    {
        await using var slack = await HttpReceiver.AnsweringAsync(404, "no_service");
        var channel = await SlackAsync(slack);

        var answer = (await Host.Api.PostAsync($"/channel/{channel}/test")).Expect(200);

        answer.Text.ShouldBe("""{"taken":false,"error":"It answered 404: no_service"}""");
        var shown = (await Host.Api.GetAsync($"/channel/{channel}")).Expect(200);
        (shown["error"], shown["failingSince"]).ShouldBe(("It answered 404: no_service", "2026-01-31T12:00:00.000000Z"));
        (await Host.ReadAsync(db => db.Incidents.AnyAsync(i => i.ChannelId != null))).ShouldBeFalse();
    }

    [Fact]
    public async Task Test_FailsInPassing_IsTriedOnceForWhoeverWaits()
    {
        await using var slack = await HttpReceiver.AnsweringAsync(503);

        (await Host.Api.PostAsync($"/channel/{await SlackAsync(slack)}/test")).Expect(200)["error"].ShouldBe("It answered 503.");

        slack.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Test_NoSuchChannel_IsNotFound() => (await Host.Api.PostAsync("/channel/none/test")).Expect(404);

    private async Task<string> SlackAsync(HttpReceiver receiver) => (await Host.Api.PostAsync(
        "/channel", $$$"""{"name":"n","type":"slack","settings":{"url":"{{{receiver.Address}}}/x"}}""")).Expect(201).Id;
}
